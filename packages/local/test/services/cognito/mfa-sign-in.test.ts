/**
 * Signing in with a one-time password.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-totp.html
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
 * Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserMFAPreference.html
 * Source: https://github.com/aws-amplify/amplify-flutter/issues/4490
 */
import {
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as mfa from "./authenticators.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
let pool: Awaited<ReturnType<typeof fixtures.createPool>>;
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws, { mfaConfiguration: "ON" });
});
afterAll(() => aws.stop());

const mismatch = { name: "CodeMismatchException", message: "Invalid code received for user" };
const invalidSession = { message: "Invalid session for the user." };

const challenge = (email: string) => mfa.challenge(aws, pool.clientId, email);
const enroll = (email: string) => mfa.createEnrolledUser(aws, pool, email);
const respond = (given: mfa.Challenge, code: string) =>
  mfa.respondWithCode(aws, pool.clientId, given, code);

/** A pool of its own, with a user who registered an authenticator while MFA was optional. */
async function userWithAuthenticator(mfaConfiguration: "OPTIONAL" | "OFF") {
  const other = await fixtures.createPool(aws, { mfaConfiguration: "OPTIONAL" });
  const email = "authenticator@example.com";
  await fixtures.createUser(aws, other.poolId, email);
  const { AccessToken } = await fixtures.signIn(aws, other.clientId, email);
  const secret = await mfa.register(aws, AccessToken);
  const prefer = (Enabled: boolean) =>
    aws.clients.cognito.send(
      new AdminSetUserMFAPreferenceCommand({
        UserPoolId: other.poolId,
        Username: email,
        SoftwareTokenMfaSettings: { Enabled },
      }),
    );
  const next = async () =>
    (
      await fixtures.initiate(aws, other.clientId, {
        USERNAME: email,
        PASSWORD: fixtures.password,
      })
    ).ChallengeName;
  if (mfaConfiguration === "OFF") {
    await prefer(true);
    aws.cognito.updateUserPool(other.poolId, {
      name: "users",
      usernameAttributes: ["email"],
      caseSensitive: false,
    });
  }
  return { secret, prefer, next };
}

describe("after the password", () => {
  it("a user without an authenticator is asked to set one up, and gets no token", async () => {
    const { username } = await fixtures.createUser(aws, pool.poolId, "new@example.com");
    const output = await fixtures.initiate(aws, pool.clientId, {
      USERNAME: "new@example.com",
      PASSWORD: fixtures.password,
    });
    expect(output.AuthenticationResult).toBeUndefined();
    expect(output).toMatchObject({
      ChallengeName: "MFA_SETUP",
      Session: expect.stringMatching(/^AY[\w-]{64}$/),
      ChallengeParameters: {
        USER_ID_FOR_SRP: username,
        MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]',
      },
    });
  });

  it("a user with one is asked for its code, and gets tokens for it", async () => {
    const secret = await enroll("ada@example.com");
    const given = await challenge("ada@example.com");
    expect(given.name).toBe("SOFTWARE_TOKEN_MFA");
    const { AuthenticationResult } = await respond(given, mfa.codeOf(aws, secret));
    const claims = fixtures.claimsOf(present(AuthenticationResult?.IdToken));
    expect(claims).toMatchObject({ token_use: "id", email: "ada@example.com" });
    // No page of AWS's lists a claim about factors.
    expect(claims).not.toHaveProperty("amr");
  });

  // AWS's own client for browsers sends the code so.
  // Source: https://github.com/aws-amplify/amplify-js
  it("the code may stand in the response as that of a message too", async () => {
    const secret = await enroll("twice@example.com");
    const code = mfa.codeOf(aws, secret);
    const given = await challenge("twice@example.com");
    const both = { SMS_MFA_CODE: code, SOFTWARE_TOKEN_MFA_CODE: code };
    await expect(mfa.respond(aws, pool.clientId, given, both)).resolves.toHaveProperty(
      "AuthenticationResult",
    );
  });

  it("a temporary password is changed first", async () => {
    await fixtures.createInvitedUser(aws, pool.poolId, "invited@example.com");
    const temporary = mfa.challengeIn(
      await fixtures.initiate(aws, pool.clientId, {
        USERNAME: "invited@example.com",
        PASSWORD: fixtures.temporaryPassword,
      }),
    );
    expect(temporary.name).toBe("NEW_PASSWORD_REQUIRED");
    const NEW_PASSWORD = "Fresh-Horse-2";
    const output = await mfa.respond(aws, pool.clientId, temporary, { NEW_PASSWORD });
    expect(output).toMatchObject({ ChallengeName: "MFA_SETUP" });
    expect(output.AuthenticationResult).toBeUndefined();
  });

  it("an administrator's sign-in has the same factor", async () => {
    const secret = await enroll("admin@example.com");
    const client = { UserPoolId: pool.poolId, ClientId: pool.clientId };
    const given = mfa.challengeIn(
      await aws.clients.cognito.send(
        new AdminInitiateAuthCommand({
          ...client,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "admin@example.com", PASSWORD: fixtures.password },
        }),
      ),
    );
    const answer = new AdminRespondToAuthChallengeCommand({
      ...client,
      ChallengeName: "SOFTWARE_TOKEN_MFA",
      Session: given.session,
      ChallengeResponses: {
        USERNAME: given.username,
        SOFTWARE_TOKEN_MFA_CODE: mfa.codeOf(aws, secret),
      },
    });
    await expect(aws.clients.cognito.send(answer)).resolves.toHaveProperty("AuthenticationResult");
  });

  it("where MFA is optional, users who turned it on are asked", async () => {
    const { next, prefer } = await userWithAuthenticator("OPTIONAL");
    expect(await next()).toBeUndefined();
    await prefer(true);
    expect(await next()).toBe("SOFTWARE_TOKEN_MFA");
    await prefer(false);
    expect(await next()).toBeUndefined();
  });

  it("where MFA is off nobody is asked", async () => {
    const { next } = await userWithAuthenticator("OFF");
    expect(await next()).toBeUndefined();
  });

  it("where MFA is required it cannot be turned off", async () => {
    await enroll("required@example.com");
    await aws.clients.cognito.send(
      new AdminSetUserMFAPreferenceCommand({
        UserPoolId: pool.poolId,
        Username: "required@example.com",
        SoftwareTokenMfaSettings: { Enabled: false },
      }),
    );
    expect((await challenge("required@example.com")).name).toBe("SOFTWARE_TOKEN_MFA");
  });

  it.each(["SMS_MFA", "SELECT_MFA_TYPE", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"] as const)(
    "%s is rejected by name",
    async (name) => {
      const given = { name, username: "ada@example.com", session: "made-up-".repeat(4) };
      await expect(mfa.respond(aws, pool.clientId, given)).rejects.toThrow(`challenge ${name}`);
    },
  );
});

describe("the session", () => {
  it("is kept after a wrong code, and works once", async () => {
    const secret = await enroll("kept@example.com");
    const given = await challenge("kept@example.com");
    await expect(respond(given, mfa.wrongCode(aws, secret))).rejects.toMatchObject(mismatch);
    await respond(given, mfa.codeOf(aws, secret));
    await expect(respond(given, mfa.codeOf(aws, secret, mfa.step))).rejects.toMatchObject(
      invalidSession,
    );
  });

  it("is one user's and one client's, and goes by the user's own name", async () => {
    const secret = await enroll("victim@example.com");
    await enroll("attacker@example.com");
    const victim = await challenge("victim@example.com");
    const attacker = await challenge("attacker@example.com");
    const code = mfa.codeOf(aws, secret);
    const mixed = { ...attacker, username: victim.username };
    await expect(respond(mixed, code)).rejects.toMatchObject(invalidSession);
    const alias = { ...victim, username: "victim@example.com" };
    await expect(respond(alias, code)).rejects.toMatchObject(invalidSession);
    const other = aws.cognito.createClient(pool.poolId, { name: "other" });
    await expect(mfa.respondWithCode(aws, other.clientId, victim, code)).rejects.toMatchObject(
      invalidSession,
    );
    await expect(respond(victim, code)).resolves.toHaveProperty("AuthenticationResult");
  });

  it("is that of its own challenge", async () => {
    await fixtures.createInvitedUser(aws, pool.poolId, "mixed@example.com");
    const given = mfa.challengeIn(
      await fixtures.initiate(aws, pool.clientId, {
        USERNAME: "mixed@example.com",
        PASSWORD: fixtures.temporaryPassword,
      }),
    );
    await expect(respond({ ...given, name: "SOFTWARE_TOKEN_MFA" }, "123456")).rejects.toMatchObject(
      invalidSession,
    );
    await expect(
      mfa.respond(aws, pool.clientId, { ...given, name: "MFA_SETUP" }),
    ).rejects.toMatchObject(invalidSession);
  });

  it("ends after three minutes, with another password, and with the user", async () => {
    const secret = await enroll("ends@example.com");
    const user = { UserPoolId: pool.poolId, Username: "ends@example.com" };
    const late = await challenge("ends@example.com");
    aws.advance(3 * 60_000);
    await expect(respond(late, mfa.codeOf(aws, secret))).rejects.toMatchObject({
      message: "Invalid session for the user, session is expired.",
    });
    const changed = await challenge("ends@example.com");
    await aws.clients.cognito.send(
      new AdminSetUserPasswordCommand({ ...user, Password: fixtures.password, Permanent: true }),
    );
    await expect(respond(changed, mfa.codeOf(aws, secret))).rejects.toMatchObject(invalidSession);
    const disabled = await challenge("ends@example.com");
    await aws.clients.cognito.send(new AdminDisableUserCommand(user));
    await expect(respond(disabled, mfa.codeOf(aws, secret))).rejects.toMatchObject({
      message: "User is disabled.",
    });
  });
});
