/**
 * Customer-managed KMS keys: rotated, and usable only by the principals that their policies name.
 */
import { accountArn } from "./arns.ts";
import { resourcePolicy, type Statement } from "./resource-policy.ts";
import type { Stage } from "../settings/stage.ts";

/** The actions with which a service or role writes and reads encrypted data. */
export const writeAndRead = ["kms:Decrypt", "kms:GenerateDataKey"];

/** Key administration; none of these actions encrypts or decrypts. */
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
  /** Who may use it. In a key policy the resource `*` is the key itself (documented). */
  uses: readonly Statement[];
}

/**
 * Creates a key of this stage with an alias. The account may administer the key, but not use it.
 */
export function createKey(name: string, { description, stage, uses }: KeyArgs) {
  const key = new aws.kms.Key(name, {
    description: `${stage.names.app}: ${description}`,
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
 * Lets principals of this account use a key through a service, where their IAM policies allow it
 * too: deployments write secrets, ExternalLambda reads one, and operators read dead letters.
 */
export const allowAccountViaService = (service: string, actions: readonly string[]): Statement => ({
  Sid: "AccountViaService",
  Effect: "Allow",
  Principal: { AWS: accountArn() },
  Action: actions,
  Resource: "*",
  Condition: { StringEquals: { "kms:ViaService": viaService(service) } },
});

/** The value of `kms:ViaService` for a service, such as `sqs.us-east-1.amazonaws.com`. */
export const viaService = (service: string) =>
  $interpolate`${service}.${aws.getRegionOutput().region}.amazonaws.com`;
