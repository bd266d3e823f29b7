/** Customer-managed keys: rotated, and usable by those alone whom their policies name. */
import { accountArn } from "./arns.ts";
import { resourcePolicy, type Statement } from "./resource-policy.ts";
import { appName } from "../settings/names.ts";
import type { Stage } from "../settings/stage.ts";

/** What a service or a role does with a key to write and to read encrypted data. */
export const writeAndRead = ["kms:Decrypt", "kms:GenerateDataKey"];

/** What keeps a key; none of it encrypts or decrypts. */
const administration = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListKeyPolicies",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

interface KeyArgs {
  description: string;
  stage: Stage;
  /** Who may use it. In a key's policy the resource `*` is the key itself (documented). */
  uses: readonly Statement[];
}

/** A key of this stage with an alias; those whom the account allows may keep it, but not use it. */
export function createKey(name: string, { description, stage, uses }: KeyArgs) {
  const key = new aws.kms.Key(name, {
    description: `${appName} ${stage.name}: ${description}`,
    enableKeyRotation: true,
    deletionWindowInDays: stage.settings.keyDeletionDays,
    policy: resourcePolicy(
      {
        Sid: "Administration",
        Effect: "Allow",
        Principal: { AWS: accountArn() },
        Action: administration,
        Resource: "*",
      },
      ...uses,
    ),
  });
  new aws.kms.Alias(`${name}Alias`, {
    name: `alias/${stage.names.resource(name)}`,
    targetKeyId: key.keyId,
  });
  return key;
}

/**
 * Lets people of this account use a key through a service, as far as their own policies allow the
 * key: those who deploy write secrets, and those who operate read dead letters.
 */
export const allowPeople = (service: string, actions: readonly string[]): Statement => ({
  Sid: "People",
  Effect: "Allow",
  Principal: { AWS: accountArn() },
  Action: actions,
  Resource: "*",
  Condition: { StringEquals: { "kms:ViaService": viaService(service) } },
});

/** A service as keys see it when it uses them for somebody, such as `sqs.us-east-1.amazonaws.com`. */
export const viaService = (service: string) =>
  $interpolate`${service}.${aws.getRegionOutput().region}.amazonaws.com`;
