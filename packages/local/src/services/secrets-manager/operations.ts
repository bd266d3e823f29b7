/** The operations of Secrets Manager. */
import * as z from "zod";
import { AwsError } from "../../aws-protocol/errors.ts";
import { operation, timestamp, type JsonOperations } from "../../aws-protocol/json-protocol.ts";
import { pageOf } from "../../aws-protocol/paging.ts";
import type { AwsCall } from "../../aws-protocol/service.ts";
import type { Principal } from "../iam/principal.ts";
import type { SecretEncryption, SecretValue } from "./secret-encryption.ts";
import type { Secret, SecretStore, SecretVersion } from "./secrets.ts";

const secretId = z.string().min(1).max(2048);
const token = z.string().min(32).max(64).optional();
const values = {
  SecretString: z.string().min(1).max(65_536).optional(),
  SecretBinary: z.base64().max(87_384).optional(),
};

/** The operations over `secrets`, by AWS's name. */
export function secretOperations(
  secrets: SecretStore,
  encryption: SecretEncryption,
  callerOf: (call: AwsCall) => Principal,
): JsonOperations {
  return {
    CreateSecret: operation(
      z.strictObject({
        Name: z
          .string()
          .max(512)
          .regex(/^[\w/+=.@-]+$/, "Use letters, digits and /_+=.@-"),
        Description: z.string().max(2048).optional(),
        KmsKeyId: z.string().optional(),
        ClientRequestToken: token,
        ...values,
      }),
      (input, call) => {
        const value = valueOf(input);
        const caller = callerOf(call);
        const settings = { description: input.Description, kmsKeyId: input.KmsKeyId };
        const secret = secrets.create({ name: input.Name, ...settings }, caller);
        if (value === undefined) return { ARN: secret.arn, Name: secret.name };
        const version = secrets.putValue(secret, value, caller, input.ClientRequestToken);
        return { ARN: secret.arn, Name: secret.name, VersionId: version.id };
      },
    ),

    PutSecretValue: operation(
      z.strictObject({ SecretId: secretId, ClientRequestToken: token, ...values }),
      (input, call) => {
        const value = valueOf(input);
        if (value === undefined) {
          const message = "You must provide either SecretString or SecretBinary.";
          throw new AwsError("InvalidRequestException", message);
        }
        const secret = secrets.find(input.SecretId);
        const caller = callerOf(call);
        const version = secrets.putValue(secret, value, caller, input.ClientRequestToken);
        return describeVersion(secret, version);
      },
    ),

    GetSecretValue: operation(
      z.strictObject({
        SecretId: secretId,
        VersionId: z.string().min(1).optional(),
        VersionStage: z.string().min(1).optional(),
      }),
      (input, call) => {
        const secret = secrets.find(input.SecretId);
        const version = secrets.version(secret, input.VersionId, input.VersionStage);
        const CreatedDate = timestamp(version.createdAt);
        const value = encryption.open(version.value, callerOf(call));
        return { ...describeVersion(secret, version), ...members(value), CreatedDate };
      },
    ),

    DescribeSecret: operation(z.strictObject({ SecretId: secretId }), (input) => {
      const secret = secrets.lookUp(input.SecretId);
      const stages = [...secret.versions.values()].filter(({ labels }) => labels.size > 0);
      return {
        ...summary(secret),
        VersionIdsToStages: Object.fromEntries(stages.map(({ id, labels }) => [id, [...labels]])),
      };
    }),

    ListSecrets: operation(
      z.strictObject({
        MaxResults: z.int().min(1).max(100).default(100),
        NextToken: z.string().optional(),
      }),
      (input) => {
        const page = pageOf(secrets.list(), input.MaxResults, input.NextToken);
        return { SecretList: page.items.map(summary), NextToken: page.nextToken };
      },
    ),

    DeleteSecret: operation(
      z.strictObject({
        SecretId: secretId,
        RecoveryWindowInDays: z.int().min(7).max(30).optional(),
        ForceDeleteWithoutRecovery: z.boolean().default(false),
      }),
      (input) => {
        const { ForceDeleteWithoutRecovery: force, RecoveryWindowInDays: days } = input;
        if (force && days !== undefined) {
          const message =
            "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.";
          throw new AwsError("InvalidParameterException", message);
        }
        const secret = secrets.find(input.SecretId);
        const deletionAt = secrets.remove(secret, force ? 0 : (days ?? 30));
        return { ARN: secret.arn, Name: secret.name, DeletionDate: timestamp(deletionAt) };
      },
    ),
  };
}

/** The value that a request carries. @throws AwsError when it carries two. */
function valueOf(input: {
  SecretString?: string | undefined;
  SecretBinary?: string | undefined;
}): SecretValue | undefined {
  const { SecretString: text, SecretBinary: bytes } = input;
  if (text !== undefined && bytes !== undefined) {
    const message = "You can't specify both a binary secret value and a string secret value.";
    throw new AwsError("InvalidParameterException", message);
  }
  if (text !== undefined) return { secretString: text };
  return bytes === undefined ? undefined : { secretBinary: Buffer.from(bytes, "base64") };
}

function members(value: SecretValue): object {
  if ("secretString" in value) return { SecretString: value.secretString };
  return { SecretBinary: value.secretBinary.toString("base64") };
}

function describeVersion(secret: Secret, version: SecretVersion): object {
  const { arn: ARN, name: Name } = secret;
  return { ARN, Name, VersionId: version.id, VersionStages: [...version.labels] };
}

function summary(secret: Secret): object {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    CreatedDate: timestamp(secret.createdAt),
    LastChangedDate: timestamp(secret.changedAt),
    DeletedDate: secret.deletionAt === undefined ? undefined : timestamp(secret.deletionAt),
  };
}
