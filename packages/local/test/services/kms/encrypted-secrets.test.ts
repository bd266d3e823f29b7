/**
 * Secrets with a key.
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
 * Source: https://github.com/aws/aws-cdk/issues/7677
 */
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
} from "@aws-sdk/client-secrets-manager";
import { expect, it } from "vitest";
import { root } from "../iam/policies-in-force.ts";
import { allow, setUpKeys, writeAndRead } from "./keys-in-use.ts";

const { cloud, createKeyWith } = setUpKeys();

const secrets = () => cloud().clients.secretsManager;
const SecretId = "topic";
const ClientRequestToken = "a-token-of-thirty-two-characters";

/** A key that only the account's root may use, and only so; and how to change that. */
function keyFor(actions: readonly string[], conditions = {}) {
  const { id, arn, change } = createKeyWith(allow({ AWS: root }, actions, conditions));
  return {
    id,
    arn,
    change: (others: readonly string[], more = {}) => change(allow({ AWS: root }, others, more)),
  };
}

const create = (KmsKeyId: string, more = {}) =>
  secrets().send(new CreateSecretCommand({ Name: SecretId, KmsKeyId, ...more }));
const put = (more: object) => secrets().send(new PutSecretValueCommand({ SecretId, ...more }));
const read = () => secrets().send(new GetSecretValueCommand({ SecretId }));
const moveTo = (kmsKeyId: string) =>
  cloud().secrets.updateSecret(SecretId, { name: SecretId, kmsKeyId });

const noAccess = { name: "AccessDeniedException", message: "Access to KMS is not allowed" };

it.each([
  ["text", { SecretString: "Zoë" }],
  ["bytes", { SecretBinary: Buffer.of(0, 255, 128) }],
])("keep %s encrypted, and give them back", async (_, value) => {
  await create(keyFor(writeAndRead).arn, value);
  const { SecretString, SecretBinary } = await read();
  expect({ SecretString, SecretBinary: SecretBinary && Buffer.from(SecretBinary) }).toEqual({
    SecretString: undefined,
    SecretBinary: undefined,
    ...value,
  });
});

it("are used through Secrets Manager, with the secret and the version as the context", async () => {
  const viaService = { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" };
  const arnLike = {
    "kms:EncryptionContext:SecretARN":
      "arn:aws:secretsmanager:us-east-1:000000000000:secret:topic-??????",
  };
  const conditions = (versions: readonly string[]) => ({
    Condition: {
      StringEquals: { ...viaService, "kms:EncryptionContext:SecretVersionId": versions },
      ArnLike: arnLike,
    },
  });
  const { arn, change } = keyFor(writeAndRead, conditions(["RequestToValidateKeyAccess"]));
  await create(arn);
  await expect(put({ SecretString: "value" })).rejects.toMatchObject(noAccess);
  change(writeAndRead, conditions([ClientRequestToken]));
  await put({ SecretString: "value", ClientRequestToken });
  await expect(read()).resolves.toMatchObject({ SecretString: "value" });
});

it("are created only by who may use the key; a rejected one is not there", async () => {
  for (const actions of [["kms:GenerateDataKey"], ["kms:Decrypt"]]) {
    await expect(create(keyFor(actions).arn)).rejects.toMatchObject(noAccess);
  }
  await expect(secrets().send(new DescribeSecretCommand({ SecretId }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

it("are read by who may decrypt, each time", async () => {
  const { arn, change } = keyFor(writeAndRead);
  await create(arn, { SecretString: "value" });
  change(["kms:Decrypt"]);
  await expect(read()).resolves.toMatchObject({ SecretString: "value" });
  await expect(put({ SecretString: "another" })).rejects.toMatchObject(noAccess);
  change(["kms:GenerateDataKey"]);
  await expect(read()).rejects.toMatchObject(noAccess);
  await expect(secrets().send(new DescribeSecretCommand({ SecretId }))).resolves.toBeDefined();
});

it("compare a value under a token that is there, as who puts it", async () => {
  const { arn, change } = keyFor(writeAndRead);
  await create(arn);
  const value = { SecretString: "value", ClientRequestToken };
  await put(value);
  await expect(put(value)).resolves.toMatchObject({ VersionId: ClientRequestToken });
  await expect(put({ ...value, SecretString: "another" })).rejects.toMatchObject({
    name: "ResourceExistsException",
  });
  change([]);
  await expect(put(value)).rejects.toMatchObject(noAccess);
});

it("are neither written nor read while the key is disabled or goes", async () => {
  const { arn, id } = keyFor(writeAndRead);
  await create(arn, { SecretString: "value" });
  const { keys } = cloud().kms;
  const fails = async () => {
    await expect(read()).rejects.toMatchObject({ name: "DecryptionFailure" });
    await expect(put({ SecretString: "x" })).rejects.toMatchObject({ name: "EncryptionFailure" });
  };
  keys.setEnabled(id, false);
  await fails();
  keys.scheduleDeletion(id, 7);
  await fails();
  keys.cancelDeletion(id);
  keys.setEnabled(id, true);
  await expect(read()).resolves.toMatchObject({ SecretString: "value" });
});

it("are encrypted under another key when they get it, if the one before can decrypt them", async () => {
  const [first, second, third] = [keyFor(writeAndRead), keyFor(writeAndRead), keyFor(writeAndRead)];
  await create(first.arn, { SecretString: "value" });
  moveTo(second.arn);
  first.change([]);
  await expect(read()).resolves.toMatchObject({ SecretString: "value" });
  second.change(["kms:GenerateDataKey"]);
  moveTo(third.arn);
  await expect(read()).rejects.toMatchObject(noAccess);
});
