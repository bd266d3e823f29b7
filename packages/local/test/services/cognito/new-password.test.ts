import {
  AdminDisableUserCommand,
  AdminSetUserPasswordCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
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

const newPassword = "Fresh-Horse-2";
const invalidSession = {
  name: "NotAuthorizedException",
  message: expect.stringContaining("Invalid session for the user"),
};

const withPassword = (USERNAME: string, PASSWORD: string, clientId = pool.clientId) =>
  fixtures.initiate(aws, clientId, { USERNAME, PASSWORD });

/** Signs an invited user in with the temporary password: the session of the challenge. */
async function challenge(username: string): Promise<string> {
  await fixtures.createInvitedUser(aws, pool.poolId, username);
  const output = await withPassword(username, fixtures.temporaryPassword);
  return present(output.Session);
}

function respond(
  USERNAME: string,
  Session: string | undefined,
  NEW_PASSWORD = newPassword,
  ClientId = pool.clientId,
) {
  return aws.clients.cognito.send(
    new RespondToAuthChallengeCommand({
      ClientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session,
      ChallengeResponses: { USERNAME, NEW_PASSWORD },
    }),
  );
}

test("a temporary password brings a challenge and no token", async () => {
  const { username } = await fixtures.createInvitedUser(aws, pool.poolId, "invited@example.com");
  const output = await withPassword("invited@example.com", fixtures.temporaryPassword);
  expect(output.AuthenticationResult).toBeUndefined();
  expect(output).toMatchObject({
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session: expect.stringMatching(/^AY[\w-]{64}$/),
    ChallengeParameters: { USER_ID_FOR_SRP: username, requiredAttributes: "[]" },
  });
  expect(JSON.parse(present(output.ChallengeParameters?.["userAttributes"]))).toEqual({
    email: "invited@example.com",
    email_verified: true,
  });
});

test("a new password signs the user in and replaces the temporary one", async () => {
  const session = await challenge("first@example.com");
  const { AuthenticationResult } = await respond("first@example.com", session);
  expect(fixtures.claimsOf(present(AuthenticationResult?.IdToken))).toMatchObject({
    email: "first@example.com",
  });
  await expect(withPassword("first@example.com", newPassword)).resolves.toHaveProperty(
    "AuthenticationResult",
  );
  await expect(withPassword("first@example.com", fixtures.temporaryPassword)).rejects.toMatchObject(
    fixtures.incorrect,
  );
});

test("a challenge cannot be responded to with another user's session", async () => {
  const victim = "victim@example.com";
  await challenge(victim);
  const attacker = await challenge("attacker@example.com");
  await expect(respond(victim, attacker)).rejects.toMatchObject(invalidSession);
  await expect(withPassword(victim, newPassword)).rejects.toMatchObject(fixtures.incorrect);
});

test("a challenge cannot be responded to without a session, or with a made-up one", async () => {
  await challenge("none@example.com");
  await expect(respond("none@example.com", undefined)).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
  await expect(respond("none@example.com", "made-up-".repeat(4))).rejects.toMatchObject(
    invalidSession,
  );
  await expect(respond("unknown@example.com", "made-up-".repeat(4))).rejects.toMatchObject(
    invalidSession,
  );
});

test("a session works once", async () => {
  const session = await challenge("once@example.com");
  await respond("once@example.com", session);
  await expect(respond("once@example.com", session, "Other-Horse-3")).rejects.toMatchObject(
    invalidSession,
  );
});

test("two responses at the same time do not both succeed", async () => {
  const session = await challenge("race@example.com");
  const answers = await Promise.allSettled([
    respond("race@example.com", session),
    respond("race@example.com", session, "Other-Horse-3"),
  ]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("a session belongs to the client that it was given to", async () => {
  const session = await challenge("client@example.com");
  const other = aws.cognito.createClient(pool.poolId, { name: "other" });
  await expect(
    respond("client@example.com", session, newPassword, other.clientId),
  ).rejects.toMatchObject(invalidSession);
});

test("a session dies after three minutes", async () => {
  const session = await challenge("slow@example.com");
  aws.advance(3 * 60_000);
  await expect(respond("slow@example.com", session)).rejects.toMatchObject(invalidSession);
});

test("a session lives as many minutes as its client says", async () => {
  const patient = await fixtures.createPool(aws, {}, { authSessionValidity: 9 });
  const name = "patient@example.com";
  await fixtures.createInvitedUser(aws, patient.poolId, name);
  const signIn = async () =>
    (await withPassword(name, fixtures.temporaryPassword, patient.clientId)).Session;
  const [late, inTime] = [await signIn(), await signIn()];
  aws.advance(9 * 60_000 - 1);
  await expect(respond(name, inTime, newPassword, patient.clientId)).resolves.toHaveProperty(
    "AuthenticationResult",
  );
  aws.advance(1);
  await expect(respond(name, late, newPassword, patient.clientId)).rejects.toMatchObject(
    invalidSession,
  );
});

test("a session dies when an administrator sets another password", async () => {
  const session = await challenge("reset@example.com");
  await aws.clients.cognito.send(
    new AdminSetUserPasswordCommand({
      UserPoolId: pool.poolId,
      Username: "reset@example.com",
      Password: fixtures.password,
      Permanent: true,
    }),
  );
  await expect(respond("reset@example.com", session)).rejects.toMatchObject(invalidSession);
});

test("a user who was disabled meanwhile cannot respond", async () => {
  const session = await challenge("stopped@example.com");
  const user = { UserPoolId: pool.poolId, Username: "stopped@example.com" };
  await aws.clients.cognito.send(new AdminDisableUserCommand(user));
  await expect(respond("stopped@example.com", session)).rejects.toMatchObject({
    message: "User is disabled.",
  });
});

test("a password outside the policy is rejected, and the session can be used again", async () => {
  const session = await challenge("weak@example.com");
  await expect(respond("weak@example.com", session, "weak")).rejects.toMatchObject({
    name: "InvalidPasswordException",
    message: "Password did not conform with policy: Password not long enough",
  });
  await expect(respond("weak@example.com", session)).resolves.toHaveProperty(
    "AuthenticationResult",
  );
});

test("attributes cannot be slipped in with the new password", async () => {
  const session = await challenge("slip@example.com");
  const answer = new RespondToAuthChallengeCommand({
    ClientId: pool.clientId,
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session: session,
    ChallengeResponses: {
      USERNAME: "slip@example.com",
      NEW_PASSWORD: newPassword,
      "userAttributes.email": "other@example.com",
    },
  });
  await expect(aws.clients.cognito.send(answer)).rejects.toThrow("parameter userAttributes.email");
});

test("a temporary password dies after the days that the policy gives it", async () => {
  const days = 2;
  const short = await fixtures.createPool(aws, {
    passwordPolicy: { temporaryPasswordValidityDays: days },
  });
  await fixtures.createInvitedUser(aws, short.poolId, "late@example.com");
  const signIn = () => withPassword("late@example.com", fixtures.temporaryPassword, short.clientId);
  aws.advance(days * 86_400_000 - 1);
  await expect(signIn()).resolves.toHaveProperty("ChallengeName");
  aws.advance(1);
  await expect(signIn()).rejects.toMatchObject({
    name: "NotAuthorizedException",
    message: expect.stringContaining("Temporary password has expired"),
  });
});
