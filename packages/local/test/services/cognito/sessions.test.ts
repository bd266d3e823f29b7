import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  ChangePasswordCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Session } from "../../../src/services/cognito/model.ts";
import { addSession } from "../../../src/services/cognito/sessions.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { present } from "../../support/present.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
let pool: Awaited<ReturnType<typeof fixtures.createPool>>;
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws);
});
afterAll(() => aws.stop());

const person = (Username: string) => ({ UserPoolId: pool.poolId, Username });
const getUser = (AccessToken: string) =>
  aws.clients.cognito.send(new GetUserCommand({ AccessToken }));
const rejected = (message: string) => ({ name: "NotAuthorizedException", message });

async function signedIn(username: string, clientId = pool.clientId) {
  await fixtures.createUser(aws, pool.poolId, username);
  return fixtures.signIn(aws, clientId, username);
}

test("a refresh brings new tokens of the same sign-in and no new refresh token", async () => {
  const first = await signedIn("refresh@example.com");
  aws.advance(60_000);
  const { AuthenticationResult } = await fixtures.refresh(aws, pool.clientId, first.RefreshToken);
  expect(AuthenticationResult?.RefreshToken).toBeUndefined();
  const before = fixtures.claimsOf(first.IdToken);
  const after = fixtures.claimsOf(present(AuthenticationResult?.IdToken));
  expect(after).toMatchObject({
    sub: before["sub"],
    auth_time: before["auth_time"],
    origin_jti: before["origin_jti"],
    iat: Number(before["iat"]) + 60,
    exp: Number(before["exp"]) + 60,
  });
  expect(after["jti"]).not.toBe(before["jti"]);
  await getUser(present(AuthenticationResult?.AccessToken));
});

test("a refresh token dies after the days of the client's settings", async () => {
  const { clientId } = aws.cognito.createClient(pool.poolId, {
    name: "one day",
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    refreshTokenValidity: 1,
  });
  const { RefreshToken } = await signedIn("days@example.com", clientId);
  aws.advance(86_400_000 - 1);
  await expect(fixtures.refresh(aws, clientId, RefreshToken)).resolves.toHaveProperty(
    "AuthenticationResult",
  );
  aws.advance(1);
  await expect(fixtures.refresh(aws, clientId, RefreshToken)).rejects.toMatchObject(
    rejected("Refresh Token has expired"),
  );
});

test("a refresh token works only for its own client", async () => {
  const { RefreshToken } = await signedIn("own@example.com");
  const other = aws.cognito.createClient(pool.poolId, {
    name: "other",
    explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
  });
  await expect(fixtures.refresh(aws, other.clientId, RefreshToken)).rejects.toMatchObject(
    rejected("Invalid Refresh Token"),
  );
  await expect(fixtures.refresh(aws, pool.clientId, "made-up")).rejects.toMatchObject(
    rejected("Invalid Refresh Token"),
  );
});

test("a confidential client refreshes with the hash over the username", async () => {
  const { username } = await fixtures.createUser(aws, pool.poolId, "secret@example.com");
  const { clientId, clientSecret = "" } = aws.cognito.createClient(pool.poolId, {
    name: "confidential",
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    generateSecret: true,
  });
  const hash = (name: string) => fixtures.secretHashOf(name, clientId, clientSecret);
  const { AuthenticationResult } = await fixtures.initiate(aws, clientId, {
    USERNAME: "secret@example.com",
    PASSWORD: fixtures.password,
    SECRET_HASH: hash("secret@example.com"),
  });
  const token = present(AuthenticationResult?.RefreshToken);
  await fixtures.refresh(aws, clientId, token, hash(username));
  await expect(fixtures.refresh(aws, clientId, token)).rejects.toThrow("SECRET_HASH");
});

test("signing out everywhere ends all sessions of the user and of no other", async () => {
  const first = await signedIn("out@example.com");
  const second = await fixtures.signIn(aws, pool.clientId, "out@example.com");
  const other = await signedIn("stays@example.com");
  await aws.clients.cognito.send(new GlobalSignOutCommand({ AccessToken: first.AccessToken }));
  for (const { AccessToken, RefreshToken } of [first, second]) {
    await expect(getUser(AccessToken)).rejects.toMatchObject(
      rejected("Access Token has been revoked"),
    );
    await expect(fixtures.refresh(aws, pool.clientId, RefreshToken)).rejects.toMatchObject(
      rejected("Refresh Token has been revoked"),
    );
  }
  await getUser(other.AccessToken);
  await getUser((await fixtures.signIn(aws, pool.clientId, "out@example.com")).AccessToken);
});

test("an administrator can sign a user out everywhere", async () => {
  const { AccessToken, RefreshToken } = await signedIn("removed@example.com");
  await aws.clients.cognito.send(new AdminUserGlobalSignOutCommand(person("removed@example.com")));
  await expect(getUser(AccessToken)).rejects.toMatchObject(
    rejected("Access Token has been revoked"),
  );
  await expect(fixtures.refresh(aws, pool.clientId, RefreshToken)).rejects.toMatchObject(
    rejected("Refresh Token has been revoked"),
  );
});

test("a disabled user's tokens stop working", async () => {
  const { AccessToken, RefreshToken } = await signedIn("disabled@example.com");
  await aws.clients.cognito.send(new AdminDisableUserCommand(person("disabled@example.com")));
  await expect(getUser(AccessToken)).rejects.toMatchObject(rejected("User is disabled."));
  await expect(fixtures.refresh(aws, pool.clientId, RefreshToken)).rejects.toMatchObject(
    rejected("User is disabled."),
  );
});

test("the tokens of a deleted user do not pass to a later user of the same name", async () => {
  const { AccessToken, RefreshToken } = await signedIn("reborn@example.com");
  await aws.clients.cognito.send(new AdminDeleteUserCommand(person("reborn@example.com")));
  await fixtures.createUser(aws, pool.poolId, "reborn@example.com");
  await expect(getUser(AccessToken)).rejects.toMatchObject({ name: "UserNotFoundException" });
  await expect(fixtures.refresh(aws, pool.clientId, RefreshToken)).rejects.toMatchObject({
    name: "UserNotFoundException",
  });
});

test("revoking a refresh token ends that sign-in and no other", async () => {
  const first = await signedIn("revoke@example.com");
  const second = await fixtures.signIn(aws, pool.clientId, "revoke@example.com");
  const { clientId: ClientId } = pool;
  await aws.clients.cognito.send(new RevokeTokenCommand({ Token: first.RefreshToken, ClientId }));
  await expect(fixtures.refresh(aws, ClientId, first.RefreshToken)).rejects.toMatchObject(
    rejected("Refresh Token has been revoked"),
  );
  await expect(getUser(first.AccessToken)).rejects.toMatchObject(
    rejected("Access Token has been revoked"),
  );
  await getUser(second.AccessToken);
});

test("revocation needs a refresh token and a client that has it on", async () => {
  const { AccessToken, RefreshToken } = await signedIn("types@example.com");
  const revoke = (Token: string, ClientId: string) =>
    aws.clients.cognito.send(new RevokeTokenCommand({ Token, ClientId }));
  await expect(revoke(AccessToken, pool.clientId)).rejects.toMatchObject({
    name: "UnsupportedTokenTypeException",
  });
  const off = aws.cognito.createClient(pool.poolId, { name: "off", enableTokenRevocation: false });
  await expect(revoke(RefreshToken, off.clientId)).rejects.toMatchObject({
    name: "UnsupportedOperationException",
  });
  const other = aws.cognito.createClient(pool.poolId, { name: "other" });
  await revoke(RefreshToken, other.clientId);
  await fixtures.refresh(aws, pool.clientId, RefreshToken);
});

test("a confidential client revokes only with its secret", async () => {
  const { clientId, clientSecret } = aws.cognito.createClient(pool.poolId, {
    name: "confidential",
    generateSecret: true,
  });
  const revoke = (ClientSecret: string | undefined) =>
    aws.clients.cognito.send(
      new RevokeTokenCommand({ Token: "any", ClientId: clientId, ClientSecret }),
    );
  await expect(revoke(undefined)).rejects.toMatchObject({ name: "UnauthorizedException" });
  await expect(revoke("wrong")).rejects.toMatchObject({ name: "UnauthorizedException" });
  await revoke(clientSecret);
});

test("a changed password replaces the old one, which must be known", async () => {
  const { AccessToken } = await signedIn("change@example.com");
  const change = (PreviousPassword: string, ProposedPassword: string) =>
    aws.clients.cognito.send(
      new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }),
    );
  await expect(change("Wrong-Horse-1", "Other-Horse-2")).rejects.toMatchObject(fixtures.incorrect);
  await expect(change(fixtures.password, "short")).rejects.toMatchObject({
    name: "InvalidPasswordException",
  });
  await change(fixtures.password, "Other-Horse-2");
  await expect(fixtures.signIn(aws, pool.clientId, "change@example.com")).rejects.toMatchObject(
    fixtures.incorrect,
  );
  const parameters = { USERNAME: "change@example.com", PASSWORD: "Other-Horse-2" };
  await expect(fixtures.initiate(aws, pool.clientId, parameters)).resolves.toHaveProperty(
    "AuthenticationResult",
  );
});

test("a user keeps 1,000 sessions, and the oldest gives way to the next", () => {
  const sessions: Session[] = [];
  const add = (sub: string, id: string) =>
    addSession(sessions, {
      id,
      originJti: id,
      sub,
      clientId: pool.clientId,
      originalTokenHash: "",
      replacedTokens: new Map(),
      scopes: undefined,
      refreshTokenHash: id,
      refreshExpiresAt: aws.now(),
      authenticatedAt: aws.now(),
      revoked: false,
    });
  add("other", "other's");
  for (let number = 0; number <= 1000; number += 1) add("user", `user's ${number}`);
  const ids = sessions.map(({ id }) => id);
  expect(ids).toHaveLength(1001);
  expect(ids.slice(0, 2)).toEqual(["other's", "user's 1"]);
});
