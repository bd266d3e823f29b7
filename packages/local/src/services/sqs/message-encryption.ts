/**
 * Server-side encryption of messages with a key of KMS: of bodies only, and of each as its queue was
 * when it was sent (documented: SQS/sqs-server-side-encryption).
 */
import type { AwsError } from "../../aws-protocol/errors.ts";
import type { Principal } from "../iam/principal.ts";
import { renamed } from "../kms/errors.ts";
import type { Envelopes, Sealed } from "../kms/envelopes.ts";
import { sqsError } from "./errors.ts";
import type { Attributes } from "./queue-attributes.ts";

/** The body of a stored message, encrypted in a queue with a key. */
export type Body = string | Sealed;

/** Encrypts the body of a message that is sent to a queue. @throws AwsError with SQS's code */
export function sealBody(
  envelopes: Envelopes,
  { body, queueArn, attributes, sender }: Sending,
): Body {
  const keyId = attributes["KmsMasterKeyId"];
  if (keyId === undefined) return body;
  const envelope = { keyId, context: { "aws:sqs:arn": queueArn } };
  return renamed(kmsError, () =>
    envelopes.seal(userOf(sender, attributes), envelope, Buffer.from(body)),
  );
}

interface Sending {
  readonly body: string;
  readonly queueArn: string;
  readonly attributes: Attributes;
  readonly sender: Principal;
}

/** Decrypts a body for a reader of the queue that it is in. @throws AwsError with SQS's code */
export function openBody(
  envelopes: Envelopes,
  body: Body,
  { attributes, reader }: { readonly attributes: Attributes; readonly reader: Principal },
): string {
  if (typeof body === "string") return body;
  return renamed(kmsError, () => envelopes.open(userOf(reader, attributes), body).toString());
}

function userOf(principal: Principal, attributes: Attributes) {
  const reuse = Number(attributes["KmsDataKeyReusePeriodSeconds"] ?? 300);
  return { principal, service: "sqs", reuse };
}

/** SQS's codes for KMS's (documented: SQS-API/SendMessage). */
const codes = new Map([
  ["AccessDeniedException", "KmsAccessDenied"],
  ["DisabledException", "KmsDisabled"],
  ["KMSInvalidStateException", "KmsInvalidState"],
  ["NotFoundException", "KmsNotFound"],
]);

function kmsError({ code, message }: AwsError): AwsError | undefined {
  const known = codes.get(code);
  return known === undefined ? undefined : sqsError(known, message);
}
