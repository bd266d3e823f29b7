/**
 * The use of a topic's key: a publisher needs a data key for the topic, which SNS reuses for five
 * minutes (documented: SNS/sns-key-management). The message itself waits in memory as it is.
 */
import { AwsError } from "../../aws-protocol/errors.ts";
import type { Principal } from "../iam/principal.ts";
import type { Envelopes } from "../kms/envelopes.ts";
import { renamed } from "../kms/errors.ts";
import type { Attributes } from "./subscriptions.ts";

const reuse = 300;

/** Checks that a publisher may use the key of a topic, if it has one. @throws AwsError with SNS's code */
export function checkKeyAccess(
  envelopes: Envelopes,
  { arn, attributes }: { readonly arn: string; readonly attributes: Attributes },
  publisher: Principal,
): void {
  const keyId = attributes["KmsMasterKeyId"];
  if (keyId === undefined || keyId === "") return;
  const user = { principal: publisher, service: "sns", reuse };
  renamed(kmsError, () =>
    envelopes.checkAccess(user, { keyId, context: { "aws:sns:topicArn": arn } }),
  );
}

/** SNS's codes for KMS's (documented: SNS-API/Publish). */
const codes = new Map([
  ["AccessDeniedException", "KMSAccessDenied"],
  ["DisabledException", "KMSDisabled"],
  ["KMSInvalidStateException", "KMSInvalidState"],
  ["NotFoundException", "KMSNotFound"],
]);

function kmsError({ code, message }: AwsError): AwsError | undefined {
  const known = codes.get(code);
  return known === undefined ? undefined : new AwsError(known, message);
}
