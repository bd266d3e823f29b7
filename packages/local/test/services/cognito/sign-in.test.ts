import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminInitiateAuthCommand,
  SignUpCommand,
  type AuthFlowType,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
let pool: Awaited<ReturnType<typeof fixtures.createPool>>;
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws);
});
afterAll(() => aws.stop());

const withPassword = (USERNAME: string, PASSWORD = fixtures.password, clientId = pool.clientId) =>
  fixtures.initiate(aws, clientId, { USERNAME, PASSWORD });

test("the right password brings three tokens for one hour", async () => {
  await fixtures.createUser(aws, pool.poolId, "ada@example.com");
  const { AuthenticationResult } = await withPassword("ada@example.com");
  expect(AuthenticationResult).toEqual({
    AccessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    IdToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    RefreshToken: expect.stringMatching(/^[\w-]{32,}$/),
    ExpiresIn: 3600,
    TokenType: "Bearer",
  });
});

test("an e-mail address signs in however it is written, where case does not count", async () => {
  await fixtures.createUser(aws, pool.poolId, "Case@Example.com");
  await expect(withPassword("cASE@example.COM")).resolves.toHaveProperty("AuthenticationResult");
});

test("case counts where the pool says so", async () => {
  const strict = await fixtures.createPool(aws, { usernameAttributes: [], caseSensitive: true });
  await fixtures.createUser(aws, strict.poolId, "Case@Example.com");
  await expect(
    withPassword("case@example.com", fixtures.password, strict.clientId),
  ).rejects.toMatchObject(fixtures.incorrect);
});

test("a wrong password and an unknown user get the same error", async () => {
  await fixtures.createUser(aws, pool.poolId, "wrong@example.com");
  await expect(withPassword("wrong@example.com", "Wrong-Horse-1")).rejects.toMatchObject(
    fixtures.incorrect,
  );
  await expect(withPassword("unknown@example.com")).rejects.toMatchObject(fixtures.incorrect);
});

test("a client with legacy errors is told that a user does not exist", async () => {
  const legacy = aws.cognito.createClient(pool.poolId, {
    name: "legacy",
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
  });
  await expect(
    withPassword("unknown@example.com", fixtures.password, legacy.clientId),
  ).rejects.toMatchObject({ name: "UserNotFoundException", message: "User does not exist." });
});

test("a user of one pool does not exist in another", async () => {
  const other = await fixtures.createPool(aws);
  await fixtures.createUser(aws, pool.poolId, "mine@example.com");
  await expect(
    withPassword("mine@example.com", fixtures.password, other.clientId),
  ).rejects.toMatchObject(fixtures.incorrect);
});

test("a disabled user cannot sign in, and only the right password learns why", async () => {
  const user = { UserPoolId: pool.poolId, Username: "disabled@example.com" };
  await fixtures.createUser(aws, pool.poolId, user.Username);
  await aws.clients.cognito.send(new AdminDisableUserCommand(user));
  await expect(withPassword(user.Username)).rejects.toMatchObject({
    name: "NotAuthorizedException",
    message: "User is disabled.",
  });
  await expect(withPassword(user.Username, "Wrong-Horse-1")).rejects.toMatchObject(
    fixtures.incorrect,
  );
  await aws.clients.cognito.send(new AdminEnableUserCommand(user));
  await expect(withPassword(user.Username)).resolves.toHaveProperty("AuthenticationResult");
});

// Users report that AWS tells it with a wrong password too.
// Source: https://github.com/aws/aws-sdk-js/issues/4608
test("an unconfirmed user cannot sign in, and only the right password learns why", async () => {
  const Username = "unconfirmed@example.com";
  const { clientId: ClientId } = pool;
  await aws.clients.cognito.send(
    new SignUpCommand({ ClientId, Username, Password: fixtures.password }),
  );
  await expect(withPassword(Username)).rejects.toMatchObject({ name: "UserNotConfirmedException" });
  await expect(withPassword(Username, "Wrong-Horse-1")).rejects.toMatchObject(fixtures.incorrect);
});

test("a flow that the client does not allow is rejected, even with the right password", async () => {
  await fixtures.createUser(aws, pool.poolId, "flow@example.com");
  const { clientId } = aws.cognito.createClient(pool.poolId, {
    name: "no-passwords",
    explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
  });
  await expect(withPassword("flow@example.com", fixtures.password, clientId)).rejects.toMatchObject(
    {
      name: "InvalidParameterException",
      message: "USER_PASSWORD_AUTH flow not enabled for this client",
    },
  );
});

test("each password flow belongs to one of the two APIs", async () => {
  await fixtures.createUser(aws, pool.poolId, "apis@example.com");
  const AuthParameters = { USERNAME: "apis@example.com", PASSWORD: fixtures.password };
  const admin = (AuthFlow: AuthFlowType) =>
    aws.clients.cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: pool.poolId,
        ClientId: pool.clientId,
        AuthFlow,
        AuthParameters,
      }),
    );
  const notSupported = { message: "Initiate Auth method not supported." };
  await expect(admin("ADMIN_USER_PASSWORD_AUTH")).resolves.toHaveProperty("AuthenticationResult");
  await expect(admin("USER_PASSWORD_AUTH")).rejects.toMatchObject(notSupported);
  await expect(
    fixtures.initiate(aws, pool.clientId, AuthParameters, "ADMIN_USER_PASSWORD_AUTH"),
  ).rejects.toMatchObject(notSupported);
});

test("an administrator's sign-in needs a client of the pool that is named", async () => {
  const other = await fixtures.createPool(aws);
  const mixed = new AdminInitiateAuthCommand({
    UserPoolId: pool.poolId,
    ClientId: other.clientId,
    AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "a@example.com", PASSWORD: fixtures.password },
  });
  await expect(aws.clients.cognito.send(mixed)).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test.each(["CUSTOM_AUTH", "USER_AUTH"] as const)(
  "%s is rejected by name and points at a real stage",
  async (flow) => {
    const parameters = { USERNAME: "ada@example.com", SRP_A: "1" };
    await expect(fixtures.initiate(aws, pool.clientId, parameters, flow)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringMatching(`auth flow ${flow}; use a stage that is deployed to AWS`),
    });
  },
);

test("a missing parameter and one that would be ignored are named", async () => {
  await expect(
    fixtures.initiate(aws, pool.clientId, { USERNAME: "ada@example.com" }),
  ).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: "Missing required parameter PASSWORD",
  });
  const device = { USERNAME: "a@example.com", PASSWORD: fixtures.password, DEVICE_KEY: "key" };
  await expect(fixtures.initiate(aws, pool.clientId, device)).rejects.toThrow(
    "parameter DEVICE_KEY",
  );
});

test("a client that is not there is ResourceNotFound", async () => {
  await expect(
    withPassword("ada@example.com", fixtures.password, "a".repeat(26)),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("a client with a secret needs its hash, over the name that was sent", async () => {
  const USERNAME = "hashed@example.com";
  await fixtures.createUser(aws, pool.poolId, USERNAME);
  const { clientId, clientSecret = "" } = aws.cognito.createClient(pool.poolId, {
    name: "confidential",
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    generateSecret: true,
  });
  const hash = fixtures.secretHashOf(USERNAME, clientId, clientSecret);
  const attempt = (extra: Record<string, string>) =>
    fixtures.initiate(aws, clientId, { USERNAME, PASSWORD: fixtures.password, ...extra });
  await expect(attempt({ SECRET_HASH: hash })).resolves.toHaveProperty("AuthenticationResult");
  await expect(attempt({})).rejects.toMatchObject({
    name: "NotAuthorizedException",
    message: expect.stringContaining("SECRET_HASH was not received"),
  });
  const wrong = fixtures.secretHashOf("other@example.com", clientId, clientSecret);
  await expect(attempt({ SECRET_HASH: wrong })).rejects.toMatchObject({
    message: `Unable to verify secret hash for client ${clientId}`,
  });
});
