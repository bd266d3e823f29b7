/**
 * New tokens for a refresh token, which may replace it.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
 * Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html
 * Source: https://github.com/RomanKushyk/investment-tracker
 */
import {
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClientSettings } from "../../../src/services/cognito/settings.ts";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
let pool: Awaited<ReturnType<typeof fixtures.createPool>>;
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws);
});
afterAll(() => aws.stop());

const reused = { name: "RefreshTokenReuseException", message: "Refresh token reuse detected" };
/** A client whose tokens rotate. */
function rotatingClient(retryGracePeriodSeconds = 0, more: Partial<ClientSettings> = {}) {
  return aws.cognito.createClient(pool.poolId, {
    name: "rotating",
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds },
    ...more,
  });
}

/** The tokens of a new user who signs in through a client. */
async function signedIn(email: string, clientId: string) {
  await fixtures.createUser(aws, pool.poolId, email);
  return fixtures.signIn(aws, clientId, email);
}

async function exchange(ClientId: string, RefreshToken: string, ClientSecret?: string) {
  const { AuthenticationResult } = await aws.clients.cognito.send(
    new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken, ClientSecret }),
  );
  return present(AuthenticationResult);
}

/** The refresh token that replaces another one. */
const replaced = async (clientId: string, token: string) =>
  present((await exchange(clientId, token)).RefreshToken);

const revoke = (ClientId: string, Token: string) =>
  aws.clients.cognito.send(new RevokeTokenCommand({ ClientId, Token }));

describe("where tokens rotate", () => {
  it("each refresh replaces the token, which cannot be used again and ends nothing", async () => {
    const { clientId } = rotatingClient();
    const first = await signedIn("rotates@example.com", clientId);
    const second = await exchange(clientId, first.RefreshToken);
    expect(second.RefreshToken).toMatch(/^[\w-]{32,}$/);
    expect(second.RefreshToken).not.toBe(first.RefreshToken);
    await expect(exchange(clientId, first.RefreshToken)).rejects.toMatchObject(reused);
    const third = await exchange(clientId, present(second.RefreshToken));
    await aws.clients.cognito.send(new GetUserCommand({ AccessToken: third.AccessToken }));
    const before = fixtures.claimsOf(first.IdToken);
    expect(fixtures.claimsOf(present(third.IdToken))).toMatchObject({
      sub: before["sub"],
      auth_time: before["auth_time"],
      origin_jti: before["origin_jti"],
    });
  });

  it("one of many requests at once gets a new token", async () => {
    const { clientId } = rotatingClient();
    const { RefreshToken } = await signedIn("at-once@example.com", clientId);
    const tried = Array.from({ length: 5 }, () => exchange(clientId, RefreshToken));
    const answers = await Promise.allSettled(tried);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("a new token lives as long as the first one would have", async () => {
    const { clientId } = rotatingClient(0, {
      refreshTokenValidity: 2,
      tokenValidityUnits: { refreshToken: "hours" },
    });
    const { RefreshToken } = await signedIn("lives@example.com", clientId);
    aws.advance(3_600_000);
    const second = await replaced(clientId, RefreshToken);
    aws.advance(3_600_000);
    await expect(exchange(clientId, second)).rejects.toMatchObject({
      message: "Refresh Token has expired",
    });
  });

  it("within the grace period the token can be used again, and only the newest goes on", async () => {
    const { clientId } = rotatingClient(10);
    const { RefreshToken: first } = await signedIn("grace@example.com", clientId);
    const second = await replaced(clientId, first);
    aws.advance(9_999);
    const third = await replaced(clientId, first);
    await expect(exchange(clientId, second)).rejects.toMatchObject(reused);
    aws.advance(1);
    await expect(exchange(clientId, first)).rejects.toMatchObject(reused);
    await expect(exchange(clientId, third)).resolves.toHaveProperty("RefreshToken");
  });

  it.each([
    ["the latest", 2],
    ["that of the sign-in", 0],
  ])("revoking %s ends all of them", async (_, at) => {
    const { clientId } = rotatingClient(60);
    const { RefreshToken: first, AccessToken } = await signedIn(`ends-${at}@example.com`, clientId);
    const second = await replaced(clientId, first);
    const tokens = [first, second, await replaced(clientId, second)];
    await revoke(clientId, present(tokens[at]));
    for (const token of tokens) {
      await expect(exchange(clientId, token)).rejects.toMatchObject({
        message: "Refresh Token has been revoked",
      });
    }
    await expect(
      aws.clients.cognito.send(new GetUserCommand({ AccessToken })),
    ).rejects.toMatchObject({ message: "Access Token has been revoked" });
  });

  it("revoking another one has no effect", async () => {
    const { clientId } = rotatingClient();
    const { RefreshToken: first } = await signedIn("between@example.com", clientId);
    const second = await replaced(clientId, first);
    const third = await replaced(clientId, second);
    await revoke(clientId, second);
    await expect(exchange(clientId, third)).resolves.toHaveProperty("IdToken");
  });

  it("REFRESH_TOKEN_AUTH is rejected", async () => {
    const { clientId } = rotatingClient();
    const { RefreshToken } = await signedIn("flow@example.com", clientId);
    await expect(fixtures.refresh(aws, clientId, RefreshToken)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "REFRESH_TOKEN_AUTH flow not enabled for this client",
    });
  });

  it("tokens have the claims by which they are revoked, whether revocation is on or not", async () => {
    const { clientId } = rotatingClient(0, { enableTokenRevocation: false });
    const { AccessToken, IdToken } = await signedIn("claims@example.com", clientId);
    for (const token of [AccessToken, IdToken]) {
      expect(fixtures.claimsOf(token)).toMatchObject({
        jti: expect.any(String),
        origin_jti: expect.any(String),
      });
    }
  });

  it("a session knows its latest hundred replaced tokens, and its first", async () => {
    const { clientId } = rotatingClient();
    const { RefreshToken: first } = await signedIn("many@example.com", clientId);
    const second = await replaced(clientId, first);
    let latest = second;
    for (let at = 0; at < 101; at += 1) {
      latest = await replaced(clientId, latest);
      aws.advance(1000);
    }
    await expect(exchange(clientId, second)).rejects.toMatchObject({
      message: "Invalid Refresh Token",
    });
    await expect(exchange(clientId, first)).rejects.toMatchObject(reused);
    await expect(exchange(clientId, latest)).resolves.toHaveProperty("RefreshToken");
  });
});

describe("GetTokensFromRefreshToken", () => {
  it("gives no new refresh token where they do not rotate", async () => {
    const { RefreshToken } = await signedIn("plain@example.com", pool.clientId);
    for (let at = 0; at < 2; at += 1) {
      const tokens = await exchange(pool.clientId, RefreshToken);
      expect(tokens).toMatchObject({ AccessToken: expect.any(String), ExpiresIn: 3600 });
      expect(tokens.RefreshToken).toBeUndefined();
    }
  });

  it("needs the secret of a client that has one, and no other client's token", async () => {
    const { clientId, clientSecret = "" } = rotatingClient(0, { generateSecret: true });
    await fixtures.createUser(aws, pool.poolId, "secret@example.com");
    const { AuthenticationResult } = await fixtures.initiate(aws, clientId, {
      USERNAME: "secret@example.com",
      PASSWORD: fixtures.password,
      SECRET_HASH: fixtures.secretHashOf("secret@example.com", clientId, clientSecret),
    });
    const token = present(AuthenticationResult?.RefreshToken);
    const rejected = { name: "NotAuthorizedException" };
    await expect(exchange(clientId, token)).rejects.toMatchObject(rejected);
    await expect(exchange(clientId, token, "wrong")).rejects.toMatchObject(rejected);
    await expect(exchange(pool.clientId, token)).rejects.toMatchObject({
      message: "Invalid Refresh Token",
    });
    await expect(exchange(clientId, token, clientSecret)).resolves.toHaveProperty("RefreshToken");
  });

  it("gives nothing to a user who is disabled or signed out", async () => {
    const { RefreshToken } = await signedIn("ended@example.com", pool.clientId);
    const user = { UserPoolId: pool.poolId, Username: "ended@example.com" };
    await aws.clients.cognito.send(new AdminUserGlobalSignOutCommand(user));
    await expect(exchange(pool.clientId, RefreshToken)).rejects.toMatchObject({
      message: "Refresh Token has been revoked",
    });
    await aws.clients.cognito.send(new AdminDisableUserCommand(user));
    await expect(exchange(pool.clientId, RefreshToken)).rejects.toMatchObject({
      message: "User is disabled.",
    });
  });

  it("rejects devices by name", async () => {
    const command = new GetTokensFromRefreshTokenCommand({
      ClientId: pool.clientId,
      RefreshToken: "made-up",
      DeviceKey: "key",
    });
    await expect(aws.clients.cognito.send(command)).rejects.toThrow("parameter DeviceKey");
  });
});
