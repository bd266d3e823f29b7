/**
 * Encryption of the messages of log groups with a key of KMS, which CloudWatch Logs uses by itself, with
 * the group as the context (documented: LOGS/encrypt-log-data-kms). It is assumed to use a data key for
 * five minutes: a change of a group's key takes up to that long (documented there).
 */
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { AwsError } from "../../aws-protocol/errors.ts";
import type { Envelopes, Sealed } from "../kms/envelopes.ts";
import { renamed } from "../kms/errors.ts";

/** A message as a group keeps it: encrypted where it had a key when the message was written. */
export type StoredMessage = string | Sealed;

/** The encryption of all groups. Every method throws AwsError where the key cannot be used. */
export interface MessageEncryption {
  /** Checks that a group can have a key. */
  checkAccess(group: string, keyId: string): void;
  seal(group: string, keyId: string, message: string): Sealed;
  open(group: string, message: Sealed): string;
}

/** Creates it. */
export function createMessageEncryption(
  envelopes: Envelopes,
  { region, account }: AwsEnvironment,
): MessageEncryption {
  const user = {
    principal: { kind: "service", name: `logs.${region}.amazonaws.com`, sourceArn: undefined },
    service: "logs",
    reuse: 300,
  } as const;
  const arnOf = (group: string) => `arn:aws:logs:${region}:${account}:log-group:${group}`;
  const envelopeOf = (group: string, keyId: string) => ({
    keyId,
    context: { "aws:logs:arn": arnOf(group) },
  });
  const withKeyOf = <T>(group: string, use: () => T) =>
    renamed(() => notAllowed(arnOf(group)), use);

  return {
    checkAccess: (group, keyId) =>
      withKeyOf(group, () => envelopes.checkAccess(user, envelopeOf(group, keyId))),
    seal: (group, keyId, message) =>
      withKeyOf(group, () => envelopes.seal(user, envelopeOf(group, keyId), Buffer.from(message))),
    open: (group, message) => withKeyOf(group, () => envelopes.open(user, message).toString()),
  };
}

/** Reported for a group that gets its key: hashicorp/terraform-provider-aws#29282; else assumed. */
function notAllowed(groupArn: string): AwsError {
  const message = `The specified KMS key does not exist or is not allowed to be used with Arn '${groupArn}'`;
  return new AwsError("AccessDeniedException", message);
}

/** For groups that never have a key. */
export const noEncryption: MessageEncryption = {
  checkAccess: refuse,
  seal: refuse,
  open: refuse,
};

function refuse(): never {
  throw new Error("These log groups have no keys.");
}
