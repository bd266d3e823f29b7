/**
 * Registering an authenticator.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-totp.html
 * Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
 * Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifySoftwareToken.html
 * Source: https://github.com/aws-amplify/amplify-flutter/issues/4490
 * Source: https://github.com/aws-samples/aws-amplify-auth-starters/issues/15
 */
import { VerifySoftwareTokenCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as mfa from "./authenticators.ts";
import * as fixtures from "./pools-and-users.ts";

type Pool = Awaited<ReturnType<typeof fixtures.createPool>>;
let aws: StartedCloud;
let off: Pool;
let optional: Pool;
let required: Pool;
beforeAll(async () => {
  aws = await startTestCloud();
  off = await fixtures.createPool(aws, { mfaConfiguration: "OFF" });
  optional = await fixtures.createPool(aws, { mfaConfiguration: "OPTIONAL" });
  required = await fixtures.createPool(aws, { mfaConfiguration: "ON" });
});
afterAll(() => aws.stop());
// All users share a quota of requests in a second.
beforeEach(() => aws.advance(1000));

const invalidSession = { message: "Invalid session for the user." };

async function accessTokenOf(pool: Pool, email: string): Promise<string> {
  await fixtures.createUser(aws, pool.poolId, email);
  return (await fixtures.signIn(aws, pool.clientId, email)).AccessToken;
}

describe("with an access token", () => {
  it("a secret of 32 bytes is given, which a code verifies", async () => {
    const AccessToken = await accessTokenOf(optional, "bearer@example.com");
    const { secret, session } = await mfa.associate(aws, { AccessToken });
    expect(secret).toMatch(/^[A-Z2-7]{52}$/);
    expect(session).toBeUndefined();
    const verified = await mfa.verify(aws, { AccessToken }, mfa.codeOf(aws, secret));
    expect(verified).toMatchObject({ Status: "SUCCESS" });
    expect(verified.Session).toBeUndefined();
  });

  it("each secret is another, and only the latest is verified", async () => {
    const AccessToken = await accessTokenOf(optional, "twice@example.com");
    const first = await mfa.associate(aws, { AccessToken });
    const second = await mfa.associate(aws, { AccessToken });
    expect(second.secret).not.toBe(first.secret);
    await expect(
      mfa.verify(aws, { AccessToken }, mfa.codeOf(aws, first.secret)),
    ).rejects.toMatchObject({ name: "EnableSoftwareTokenMFAException" });
    await mfa.verify(aws, { AccessToken }, mfa.codeOf(aws, second.secret));
  });

  it("a wrong code is rejected, and another try may follow", async () => {
    const AccessToken = await accessTokenOf(optional, "typo@example.com");
    const { secret } = await mfa.associate(aws, { AccessToken });
    await expect(
      mfa.verify(aws, { AccessToken }, mfa.wrongCode(aws, secret)),
    ).rejects.toMatchObject({
      name: "EnableSoftwareTokenMFAException",
      message: "Code mismatch and fail enable Software Token MFA",
    });
    await mfa.verify(aws, { AccessToken }, mfa.codeOf(aws, secret));
  });

  it("there is nothing to verify without a secret", async () => {
    const AccessToken = await accessTokenOf(optional, "early@example.com");
    await expect(mfa.verify(aws, { AccessToken }, "123456")).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });

  it("the pool must have it", async () => {
    const AccessToken = await accessTokenOf(off, "off@example.com");
    await expect(mfa.associate(aws, { AccessToken })).rejects.toMatchObject({
      name: "SoftwareTokenMFANotFoundException",
      message: "Software Token MFA has not been enabled by the userPool",
    });
  });
});

/** Signs a new user in up to MFA_SETUP. */
async function setUp(email: string): Promise<mfa.Challenge> {
  await fixtures.createUser(aws, required.poolId, email);
  return mfa.challenge(aws, required.clientId, email);
}

describe("with the session of MFA_SETUP", () => {
  it("each step gives the session of the next, and the last one tokens", async () => {
    const given = await setUp("session@example.com");
    const { secret, session } = await mfa.associate(aws, { Session: given.session });
    const verified = await mfa.verify(aws, { Session: session }, mfa.codeOf(aws, secret));
    expect(verified.Status).toBe("SUCCESS");
    const { AuthenticationResult } = await mfa.respond(aws, required.clientId, {
      ...given,
      session: verified.Session,
    });
    expect(AuthenticationResult).toHaveProperty("IdToken");
    const sessions = [given.session, session, verified.Session];
    for (const Session of sessions) {
      await expect(mfa.associate(aws, { Session })).rejects.toMatchObject(invalidSession);
    }
  });

  it("a wrong code is rejected, and the session can be used again", async () => {
    const given = await setUp("again@example.com");
    const { secret, session: Session } = await mfa.associate(aws, { Session: given.session });
    await expect(mfa.verify(aws, { Session }, mfa.wrongCode(aws, secret))).rejects.toMatchObject({
      name: "EnableSoftwareTokenMFAException",
    });
    await mfa.verify(aws, { Session }, mfa.codeOf(aws, secret));
  });

  it("the challenge is not met without an authenticator", async () => {
    const given = await setUp("none@example.com");
    await expect(mfa.respond(aws, required.clientId, given)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "User has not verified software token mfa",
    });
  });

  it("a session from before the authenticator does not pass by it", async () => {
    const stolen = await setUp("stolen@example.com");
    const own = await mfa.challenge(aws, required.clientId, "stolen@example.com");
    const { secret, session: Session } = await mfa.associate(aws, { Session: own.session });
    await mfa.verify(aws, { Session }, mfa.codeOf(aws, secret));
    await expect(mfa.respond(aws, required.clientId, stolen)).rejects.toMatchObject(invalidSession);
    await expect(mfa.associate(aws, { Session: stolen.session })).rejects.toMatchObject(
      invalidSession,
    );
  });

  it("a secret is that of its session: another one of the user neither replaces nor verifies it", async () => {
    const one = await setUp("two@example.com");
    const other = await mfa.challenge(aws, required.clientId, "two@example.com");
    const mine = await mfa.associate(aws, { Session: one.session });
    const theirs = await mfa.associate(aws, { Session: other.session });
    const code = mfa.codeOf(aws, mine.secret);
    await expect(mfa.verify(aws, { Session: theirs.session }, code)).rejects.toMatchObject({
      name: "EnableSoftwareTokenMFAException",
    });
    await mfa.verify(aws, { Session: mine.session }, code);
  });

  it("the session of another challenge does not register an authenticator", async () => {
    await mfa.createEnrolledUser(aws, required, "enrolled@example.com");
    const { name, session: Session } = await mfa.challenge(
      aws,
      required.clientId,
      "enrolled@example.com",
    );
    expect(name).toBe("SOFTWARE_TOKEN_MFA");
    await expect(mfa.associate(aws, { Session })).rejects.toMatchObject(invalidSession);
    await expect(mfa.verify(aws, { Session }, "123456")).rejects.toMatchObject(invalidSession);
  });

  it("registration ends with the session's time, and with its client", async () => {
    const late = await setUp("late@example.com");
    aws.advance(3 * 60_000);
    await expect(mfa.associate(aws, { Session: late.session })).rejects.toMatchObject({
      message: "Invalid session for the user, session is expired.",
    });
    const other = aws.cognito.createClient(required.poolId, {
      name: "other",
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    });
    const given = await mfa.challenge(aws, other.clientId, "late@example.com");
    aws.cognito.deleteClient(required.poolId, other.clientId);
    await expect(mfa.associate(aws, { Session: given.session })).rejects.toMatchObject(
      invalidSession,
    );
  });
});

it.each([{}, { AccessToken: "a.b.c", Session: "session-".repeat(4) }])(
  "takes an access token or a session, not %j",
  async (authorization) => {
    const rejection = { name: "InvalidParameterException" };
    await expect(mfa.associate(aws, authorization)).rejects.toMatchObject(rejection);
    await expect(mfa.verify(aws, authorization, "123456")).rejects.toMatchObject(rejection);
  },
);

it("takes no name of an authenticator with more than 256 characters", async () => {
  const AccessToken = await accessTokenOf(optional, "named@example.com");
  const named = (FriendlyDeviceName: string) =>
    aws.clients.cognito.send(
      new VerifySoftwareTokenCommand({ AccessToken, UserCode: "123456", FriendlyDeviceName }),
    );
  await expect(named("a".repeat(257))).rejects.toThrow("FriendlyDeviceName");
  await expect(named("a".repeat(256))).rejects.not.toThrow("FriendlyDeviceName");
});

it.each(["12345", "1234567", "12345a", ""])("takes no code such as %j", async (code) => {
  await expect(mfa.verify(aws, { Session: "made-up-".repeat(4) }, code)).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
});
