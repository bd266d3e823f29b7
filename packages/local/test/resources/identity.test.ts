/** User pools, secrets and log groups: changes reach what stands, and protection holds. */
import {
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { DescribeSecretCommand, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { present } from "../support/present.ts";
import { startDeployableCloud, type Declare, type DeployableCloud } from "./deployable-cloud.ts";

let cloud: DeployableCloud;
beforeEach(async () => {
  cloud = await startDeployableCloud();
});
afterEach(() => cloud.stop());

const declarePool = (declare: Declare, inputs: object = {}) =>
  declare("aws:cognito/userPool:UserPool", "Pool", { usernameAttributes: ["email"], ...inputs });

/** A pool and its client; gives the ids of both. */
async function deployPool(poolInputs: object, clientInputs: object = {}) {
  const applied = await cloud.deploy(async (declare) => {
    const { id: userPoolId } = await declarePool(declare, poolInputs);
    const type = "aws:cognito/userPoolClient:UserPoolClient";
    await declare(type, "Client", { userPoolId, ...clientInputs });
  });
  const UserPoolId = present(applied.get("Pool")).id;
  return { UserPoolId, ClientId: present(applied.get("Client")).id };
}

describe("a user pool", () => {
  it("and its client take new settings under the ids that they have", async () => {
    const before = await deployPool({ name: "users" });
    const after = await deployPool(
      {
        name: "users",
        mfaConfiguration: "ON",
        softwareTokenMfaConfiguration: { enabled: true },
        passwordPolicy: { minimumLength: 14 },
        userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
      },
      {
        authSessionValidity: 9,
        idTokenValidity: 5,
        tokenValidityUnits: { idToken: "minutes" },
        explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
        refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 10 },
        readAttributes: ["email"],
        writeAttributes: ["nickname"],
      },
    );
    expect(after).toEqual(before);
    const { UserPoolId } = after;
    const { UserPool } = await cloud.clients.cognito.send(
      new DescribeUserPoolCommand({ UserPoolId }),
    );
    expect(UserPool).toMatchObject({
      Name: "users",
      MfaConfiguration: "ON",
      Policies: { PasswordPolicy: { MinimumLength: 14 } },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    });
    const { UserPoolClient } = await cloud.clients.cognito.send(
      new DescribeUserPoolClientCommand(after),
    );
    expect(UserPoolClient).toMatchObject({
      AuthSessionValidity: 9,
      IdTokenValidity: 5,
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 },
      ReadAttributes: ["email"],
      WriteAttributes: ["nickname"],
    });
  });

  it("that is protected cannot be removed, until a deployment says otherwise", async () => {
    const { UserPoolId } = await deployPool({ deletionProtection: "ACTIVE" });
    await expect(cloud.destroy()).rejects.toThrow("deletionProtection INACTIVE");
    const describePool = () =>
      cloud.clients.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    await expect(describePool()).resolves.toBeDefined();

    await deployPool({ deletionProtection: "INACTIVE" });
    await cloud.destroy();
    await expect(describePool()).rejects.toThrow("does not exist");
  });

  it("is replaced with its client when users are to sign in otherwise", async () => {
    const before = await deployPool({});
    const after = await deployPool({ usernameConfiguration: { caseSensitive: false } });
    expect([after.UserPoolId, after.ClientId]).not.toContain(before.UserPoolId);
    expect(after.ClientId).not.toBe(before.ClientId);
    await expect(
      cloud.clients.cognito.send(new DescribeUserPoolCommand({ UserPoolId: before.UserPoolId })),
    ).rejects.toThrow("does not exist");
  });

  it("gives its client a secret only by a client of its own", async () => {
    const before = await deployPool({}, { generateSecret: false });
    const without = await deployPool({});
    expect(without).toEqual(before);
    const after = await deployPool({}, { generateSecret: true });
    expect(after.ClientId).not.toBe(before.ClientId);
  });
});

const oauth = {
  allowedOauthFlowsUserPoolClient: true,
  allowedOauthFlows: ["code"],
  allowedOauthScopes: ["openid"],
  callbackUrls: ["https://app.example.com/"],
};

/** Deploys a pool with a client and a domain; gives the status of its pages. */
async function statusAfter(domain: string, clientInputs: object, ask = domain) {
  await cloud.deploy(async (declare) => {
    const { id: userPoolId } = await declarePool(declare);
    const client = { userPoolId, ...clientInputs };
    await declare("aws:cognito/userPoolClient:UserPoolClient", "Client", client);
    await declare("aws:cognito/userPoolDomain:UserPoolDomain", "Domain", { userPoolId, domain });
  });
  return (await fetch(`${cloud.url}/_local/login/${ask}`)).status;
}

describe("the login pages of a user pool", () => {
  it("are where the domain is, as long as it is deployed, for clients that may use them", async () => {
    expect(await statusAfter("one", {})).toBe(404);
    expect(await statusAfter("one", oauth)).toBe(200);
    expect(await statusAfter("another", oauth)).toBe(200);
    expect(await statusAfter("another", oauth, "one")).toBe(404);
    expect(await statusAfter("another", { ...oauth, allowedOauthFlows: ["implicit"] })).toBe(404);
    await cloud.destroy();
    expect((await fetch(`${cloud.url}/_local/login/another`)).status).toBe(404);
  });

  it("are not of two pools with one domain", async () => {
    await statusAfter("taken", oauth);
    const again = cloud.deploy(async (declare) => {
      const { id: userPoolId } = await declare("aws:cognito/userPool:UserPool", "Other", {});
      const inputs = { userPoolId, domain: "taken" };
      await declare("aws:cognito/userPoolDomain:UserPoolDomain", "Second", inputs);
    });
    await expect(again).rejects.toThrow("already associated with another user pool");
  });

  it.each(["http://app.example.com/", "https://app.example.com/#a", "javascript:a", "/callback"])(
    "lead to no such URL: %s",
    async (url) => {
      const inputs = { ...oauth, callbackUrls: [url] };
      await expect(statusAfter("one", inputs)).rejects.toThrow("Expected an https URI");
    },
  );
});

/** A secret with a value. */
const withSecret = (inputs: object) => async (declare: Declare) => {
  const type = "aws:secretsmanager/secret:Secret";
  const { id: secretId } = await declare(type, "Secret", { name: "topic", ...inputs });
  const version = { secretId, secretString: "value" };
  await declare("aws:secretsmanager/secretVersion:SecretVersion", "Version", version);
};

describe("a secret", () => {
  it("takes another key and description, and keeps its value", async () => {
    for (const inputs of [
      { description: "one", kmsKeyId: "alias/one" },
      { kmsKeyId: "alias/another" },
    ]) {
      await cloud.deploy(async (declare) => {
        for (const name of ["alias/one", "alias/another"]) {
          const { id: targetKeyId } = await declare("aws:kms/key:Key", `Key of ${name}`, {});
          await declare("aws:kms/alias:Alias", name, { name, targetKeyId });
        }
        await withSecret(inputs)(declare);
      });
    }

    const { secretsManager: secrets } = cloud.clients;
    const described = await secrets.send(new DescribeSecretCommand({ SecretId: "topic" }));
    expect([described.Description, described.KmsKeyId]).toEqual([undefined, "alias/another"]);
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: "topic" }));
    expect(SecretString).toBe("value");
  });

  it("that is removed waits for its recovery window, and keeps its name for so long", async () => {
    const deploy = () => cloud.deploy(withSecret({ recoveryWindowInDays: 7 }));
    await deploy();
    await cloud.destroy();
    const { secretsManager: secrets } = cloud.clients;
    const described = await secrets.send(new DescribeSecretCommand({ SecretId: "topic" }));
    expect(described.DeletedDate).toBeDefined();
    await expect(deploy()).rejects.toThrow("already scheduled for deletion");
  });

  it("without a recovery window is gone at once", async () => {
    const deploy = () => cloud.deploy(withSecret({ recoveryWindowInDays: 0 }));
    await deploy();
    await cloud.destroy();
    await expect(deploy()).resolves.toBeDefined();
  });
});

const deployGroup = (inputs: object) =>
  cloud.deploy((declare) =>
    declare("aws:cloudwatch/logGroup:LogGroup", "Group", { name: "group", ...inputs }),
  );

describe("a log group", () => {
  it("takes another retention, and keeps its events", async () => {
    const { logs } = cloud;
    await deployGroup({ retentionInDays: 30 });
    logs.write({ group: "group", stream: "s", timestamp: 0, message: "kept" });
    await deployGroup({ retentionInDays: 90 });
    expect(logs.groups()).toEqual([{ name: "group", retentionInDays: 90 }]);
    expect(logs.read("group")).toHaveLength(1);
  });

  it("that is protected cannot be removed; one that is to outlive its stack stays", async () => {
    await deployGroup({ deletionProtectionEnabled: true });
    await expect(cloud.destroy()).rejects.toThrow("deletion protection");
    await deployGroup({ skipDestroy: true });
    await cloud.destroy();
    expect(cloud.logs.groups()).toEqual([{ name: "group" }]);
  });
});
