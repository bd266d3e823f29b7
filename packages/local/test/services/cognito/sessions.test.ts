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
import { present, startAws, type TestAws } from "../../support/aws-cloud.ts";
import * as people from "./support.ts";

let aws: TestAws;
let pool: Awaited<ReturnType<typeof people.makePool>>;
beforeAll(async () => {
  aws = await startAws();
  pool = await people.makePool(aws);
});
afterAll(() => aws.stop());

const person = (Username: string) => ({ UserPoolId: pool.poolId, Username });
const getUser = (AccessToken: string) =>
  aws.clients.cognito.send(new GetUserCommand({ AccessToken }));
const refused = (message: string) => ({ name: "NotAuthorizedException", message });

async function signedIn(username: string, clientId = pool.clientId) {
  await people.makeUser(aws, pool.poolId, username);
  return people.signIn(aws, clientId, username);
}

test("a refresh brings new tokens of the same sign-in and no new refresh token", async () => {
  const first = await signedIn("refresh@example.com");
  aws.advance(60_000);
  const { AuthenticationResult } = await people.refresh(aws, pool.clientId, first.RefreshToken);
  expect(AuthenticationResult?.RefreshToken).toBeUndefined();
  const before = people.claimsOf(first.IdToken);
  const after = people.claimsOf(present(AuthenticationResult?.IdToken));
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
  await expect(people.refresh(aws, clientId, RefreshToken)).resolves.toHaveProperty(
    "AuthenticationResult",
  );
  aws.advance(1);
  await expect(people.refresh(aws, clientId, RefreshToken)).rejects.toMatchObject(
    refused("Refresh Token has expired"),
  );
});

test("a refresh token works for its own client alone", async () => {
  const { RefreshToken } = await signedIn("own@example.com");
  const other = aws.cognito.createClient(pool.poolId, {
    name: "other",
    explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
  });
  await expect(people.refresh(aws, other.clientId, RefreshToken)).rejects.toMatchObject(
    refused("Invalid Refresh Token"),
  );
  await expect(people.refresh(aws, pool.clientId, "made-up")).rejects.toMatchObject(
    refused("Invalid Refresh Token"),
  );
});

test("a confidential client refreshes with the hash over the username", async () => {
  const { username } = await people.makeUser(aws, pool.poolId, "secret@example.com");
  const { clientId, clientSecret = "" } = aws.cognito.createClient(pool.poolId, {
    name: "confidential",
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    generateSecret: true,
  });
  const hash = (name: string) => people.secretHashOf(name, clientId, clientSecret);
  const { AuthenticationResult } = await people.initiate(aws, clientId, {
    USERNAME: "secret@example.com",
    PASSWORD: people.password,
    SECRET_HASH: hash("secret@example.com"),
  });
  const token = present(AuthenticationResult?.RefreshToken);
  await people.refresh(aws, clientId, token, hash(username));
  await expect(people.refresh(aws, clientId, token)).rejects.toThrow("SECRET_HASH");
});

test("signing out everywhere ends all sessions of the user and of nobody else", async () => {
  const first = await signedIn("out@example.com");
  const second = await people.signIn(aws, pool.clientId, "out@example.com");
  const other = await signedIn("stays@example.com");
  await aws.clients.cognito.send(new GlobalSignOutCommand({ AccessToken: first.AccessToken }));
  for (const { AccessToken, RefreshToken } of [first, second]) {
    await expect(getUser(AccessToken)).rejects.toMatchObject(
      refused("Access Token has been revoked"),
    );
    await expect(people.refresh(aws, pool.clientId, RefreshToken)).rejects.toMatchObject(
      refused("Refresh Token has been revoked"),
    );
  }
  await getUser(other.AccessToken);
  await getUser((await people.signIn(aws, pool.clientId, "out@example.com")).AccessToken);
});

test("an administrator can sign a user out everywhere", async () => {
  const { AccessToken, RefreshToken } = await signedIn("removed@example.com");
  await aws.clients.cognito.send(new AdminUserGlobalSignOutCommand(person("removed@example.com")));
  await expect(getUser(AccessToken)).rejects.toMatchObject(
    refused("Access Token has been revoked"),
  );
  await expect(people.refresh(aws, pool.clientId, RefreshToken)).rejects.toMatchObject(
    refused("Refresh Token has been revoked"),
  );
});

test("a disabled user's tokens stop working", async () => {
  const { AccessToken, RefreshToken } = await signedIn("disabled@example.com");
  await aws.clients.cognito.send(new AdminDisableUserCommand(person("disabled@example.com")));
  await expect(getUser(AccessToken)).rejects.toMatchObject(refused("User is disabled."));
  await expect(people.refresh(aws, pool.clientId, RefreshToken)).rejects.toMatchObject(
    refused("User is disabled."),
  );
});

test("the tokens of a deleted user do not pass to a later user of the same name", async () => {
  const { AccessToken, RefreshToken } = await signedIn("reborn@example.com");
  await aws.clients.cognito.send(new AdminDeleteUserCommand(person("reborn@example.com")));
  await people.makeUser(aws, pool.poolId, "reborn@example.com");
  await expect(getUser(AccessToken)).rejects.toMatchObject({ name: "UserNotFoundException" });
  await expect(people.refresh(aws, pool.clientId, RefreshToken)).rejects.toMatchObject({
    name: "UserNotFoundException",
  });
});

test("revoking a refresh token ends that sign-in and no other", async () => {
  const first = await signedIn("revoke@example.com");
  const second = await people.signIn(aws, pool.clientId, "revoke@example.com");
  const { clientId: ClientId } = pool;
  await aws.clients.cognito.send(new RevokeTokenCommand({ Token: first.RefreshToken, ClientId }));
  await expect(people.refresh(aws, ClientId, first.RefreshToken)).rejects.toMatchObject(
    refused("Refresh Token has been revoked"),
  );
  await expect(getUser(first.AccessToken)).rejects.toMatchObject(
    refused("Access Token has been revoked"),
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
  await people.refresh(aws, pool.clientId, RefreshToken);
});

test("a confidential client revokes with its secret alone", async () => {
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
  await expect(change("Wrong-Horse-1", "Other-Horse-2")).rejects.toMatchObject(people.incorrect);
  await expect(change(people.password, "short")).rejects.toMatchObject({
    name: "InvalidPasswordException",
  });
  await change(people.password, "Other-Horse-2");
  await expect(people.signIn(aws, pool.clientId, "change@example.com")).rejects.toMatchObject(
    people.incorrect,
  );
  const parameters = { USERNAME: "change@example.com", PASSWORD: "Other-Horse-2" };
  await expect(people.initiate(aws, pool.clientId, parameters)).resolves.toHaveProperty(
    "AuthenticationResult",
  );
});
