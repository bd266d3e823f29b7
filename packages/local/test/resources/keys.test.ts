/** Keys and aliases as resources: what deployments make, change and take away. */
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callJson } from "../support/raw-calls.ts";
import { account, allow, declareFunction, output, policy } from "./declarations.ts";
import { startDeployableCloud, type Declare, type DeployableCloud } from "./deployable-cloud.ts";

let cloud: DeployableCloud;
beforeEach(async () => {
  cloud = await startDeployableCloud();
});
afterEach(() => cloud.stop());

const root = { AWS: `arn:aws:iam::${account}:root` };
const byRoot = (action: string) => ({ ...allow(action, "*"), Principal: root });

const key = (inputs: object) => (declare: Declare) =>
  declare("aws:kms/key:Key", "Key", { ...inputs });

async function describeKey(KeyId: string): Promise<unknown> {
  const { body } = await callJson(cloud.endpoint, "kms", "TrentService.DescribeKey", { KeyId });
  return JSON.parse(body);
}

// Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
it("a key without a policy has the one by which IAM policies decide", async () => {
  const id = (await cloud.deploy(key({}))).get("Key")?.id ?? "";
  await expect(describeKey(id)).resolves.toMatchObject({ KeyMetadata: { KeyState: "Enabled" } });
});

it("a function uses a key that its role's policy names, where the key's policy lets the account decide", async () => {
  const Plaintext = Buffer.from("text").toString("base64");
  const encryptAs = async (caller: string, KeyId: string) => {
    const input = { KeyId, Plaintext };
    return (await callJson(cloud.endpoint, "kms", "TrentService.Encrypt", input, caller)).status;
  };
  const ids = await cloud.deploy(async (declare) => {
    const arn = output(await declare("aws:kms/key:Key", "Open", {}), "arn");
    await declare("aws:kms/key:Key", "Closed", { policy: policy(byRoot("kms:PutKeyPolicy")) });
    const grant = [allow("kms:Encrypt", arn)];
    await declareFunction(cloud, declare, { name: "Granted", source: "", statements: grant });
    await declareFunction(cloud, declare, { name: "Other", source: "" });
  });
  const [open = "", closed = ""] = ["Open", "Closed"].map((name) => ids.get(name)?.id);
  await expect(encryptAs("Granted", open)).resolves.toBe(200);
  await expect(encryptAs("Other", open)).resolves.toBe(400);
  await expect(encryptAs("Granted", closed)).resolves.toBe(400);
});

// Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
describe("a policy that would not let the deployer change it again", () => {
  const lockOut = policy(byRoot("kms:DescribeKey"));

  it("is not deployed, and the one before holds", async () => {
    const id = (await cloud.deploy(key({}))).get("Key")?.id ?? "";
    await expect(cloud.deploy(key({ policy: lockOut }))).rejects.toMatchObject({
      code: "MalformedPolicyDocumentException",
      message: "The new key policy will not allow you to update the key policy in the future.",
    });
    expect(cloud.kms.keys.find(id).policy).toContain("kms:*");
  });

  it("is deployed where the check is bypassed", async () => {
    const bypassed = key({ policy: lockOut, bypassPolicyLockoutSafetyCheck: true });
    const id = (await cloud.deploy(bypassed)).get("Key")?.id ?? "";
    expect(cloud.kms.keys.find(id).policy).toBe(lockOut);
  });
});

const withSecret = (inputs: object) => async (declare: Declare) => {
  const { outputs } = await key(inputs)(declare);
  const secret = { name: "secret", kmsKeyId: outputs["arn"] };
  const { id } = await declare("aws:secretsmanager/secret:Secret", "Secret", secret);
  const version = { secretId: id, secretString: "value" };
  await declare("aws:secretsmanager/secretVersion:SecretVersion", "Version", version);
};

// Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
it("a key is disabled and enabled by its input, and its material stays", async () => {
  const read = () =>
    cloud.clients.secretsManager.send(new GetSecretValueCommand({ SecretId: "secret" }));
  await cloud.deploy(withSecret({}));
  await cloud.deploy(withSecret({ isEnabled: false }));
  await expect(read()).rejects.toMatchObject({ name: "DecryptionFailure" });
  await cloud.deploy(withSecret({ description: "again" }));
  await expect(read()).resolves.toMatchObject({ SecretString: "value" });
});

const withoutKey = (declare: Declare) =>
  declare("aws:secretsmanager/secret:Secret", "Secret", { name: "secret" });

// Source: https://github.com/hashicorp/terraform-provider-aws/issues/21623
it("a key stays that of a secret which no longer names it: the secret gets another one before", async () => {
  const read = () =>
    cloud.clients.secretsManager.send(new GetSecretValueCommand({ SecretId: "secret" }));
  const deployBoth = () => cloud.deploy(withSecret({}));
  await deployBoth();
  await cloud.deploy(withoutKey);
  await expect(read()).rejects.toMatchObject({ name: "DecryptionFailure" });
  await deployBoth();
  cloud.secrets.updateSecret("secret", { name: "secret", kmsKeyId: "alias/aws/secretsmanager" });
  await cloud.deploy(withoutKey);
  await expect(read()).resolves.toMatchObject({ SecretString: "value" });
});

async function withAlias(declare: Declare): Promise<void> {
  const { id } = await key({ deletionWindowInDays: 7 })(declare);
  await declare("aws:kms/alias:Alias", "Alias", { name: "alias/one", targetKeyId: id });
}

it("a key that is removed waits for its deletion, and its alias is gone", async () => {
  const id = (await cloud.deploy(withAlias)).get("Key")?.id ?? "";
  await expect(describeKey("alias/one")).resolves.toMatchObject({ KeyMetadata: { KeyId: id } });
  await cloud.destroy();
  await expect(describeKey(id)).resolves.toMatchObject({
    KeyMetadata: { Enabled: false, KeyState: "PendingDeletion" },
  });
  await expect(describeKey("alias/one")).resolves.toMatchObject({ __type: "NotFoundException" });
});

it("an alias needs a key, and follows to another", async () => {
  const alias = (target: string) => async (declare: Declare) => {
    for (const name of ["one", "another"]) await declare("aws:kms/key:Key", name, {});
    const targetKeyId = cloud.kms.keys.find(target).id;
    await declare("aws:kms/alias:Alias", "Alias", { name: "alias/ours", targetKeyId });
  };
  const keys = await cloud.deploy(async (declare) => {
    for (const name of ["one", "another"]) await declare("aws:kms/key:Key", name, {});
  });
  for (const name of ["one", "another"]) {
    const { id = "" } = keys.get(name) ?? {};
    await cloud.deploy(alias(id));
    await expect(describeKey("alias/ours")).resolves.toMatchObject({ KeyMetadata: { KeyId: id } });
  }
  const missing = { name: "alias/other", targetKeyId: "none" };
  await expect(
    cloud.deploy((declare) => declare("aws:kms/alias:Alias", "Other", missing)),
  ).rejects.toMatchObject({ code: "NotFoundException" });
});
