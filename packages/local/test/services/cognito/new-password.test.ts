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

interface Challenge {
  /** The name that the challenge gives the user. */
  readonly username: string;
  readonly session: string | undefined;
}

/** Signs an invited user in with the temporary password. */
async function challenge(email: string): Promise<Challenge> {
  await fixtures.createInvitedUser(aws, pool.poolId, email);
  return challengeAgain(email);
}

async function challengeAgain(email: string, clientId = pool.clientId): Promise<Challenge> {
  const output = await withPassword(email, fixtures.temporaryPassword, clientId);
  return {
    username: present(output.ChallengeParameters?.["USER_ID_FOR_SRP"]),
    session: present(output.Session),
  };
}

function respond(
  { username: USERNAME, session: Session }: Challenge,
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
  const { AuthenticationResult } = await respond(await challenge("first@example.com"));
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
  const { username } = await challenge("victim@example.com");
  const { session } = await challenge("attacker@example.com");
  await expect(respond({ username, session })).rejects.toMatchObject(invalidSession);
  await expect(withPassword("victim@example.com", newPassword)).rejects.toMatchObject(
    fixtures.incorrect,
  );
});

test("a challenge cannot be responded to without a session, or with a made-up one", async () => {
  const { username } = await challenge("none@example.com");
  await expect(respond({ username, session: undefined })).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
  const session = "made-up-".repeat(4);
  await expect(respond({ username, session })).rejects.toMatchObject(invalidSession);
  await expect(respond({ username: "unknown", session })).rejects.toMatchObject(invalidSession);
});

test("a challenge is responded to with the user's own name, not with the address", async () => {
  const given = await challenge("alias@example.com");
  await expect(respond({ ...given, username: "alias@example.com" })).rejects.toMatchObject(
    invalidSession,
  );
  await expect(respond(given)).resolves.toHaveProperty("AuthenticationResult");
});

test("a session works once", async () => {
  const given = await challenge("once@example.com");
  await respond(given);
  await expect(respond(given, "Other-Horse-3")).rejects.toMatchObject(invalidSession);
});

test("two responses at the same time do not both succeed", async () => {
  const given = await challenge("race@example.com");
  const answers = await Promise.allSettled([respond(given), respond(given, "Other-Horse-3")]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("a session belongs to the client that it was given to", async () => {
  const given = await challenge("client@example.com");
  const other = aws.cognito.createClient(pool.poolId, { name: "other" });
  await expect(respond(given, newPassword, other.clientId)).rejects.toMatchObject(invalidSession);
});

test("a session dies after three minutes", async () => {
  const given = await challenge("slow@example.com");
  aws.advance(3 * 60_000);
  await expect(respond(given)).rejects.toMatchObject(invalidSession);
});

test("a session lives as many minutes as its client says", async () => {
  const patient = await fixtures.createPool(aws, {}, { authSessionValidity: 9 });
  const name = "patient@example.com";
  await fixtures.createInvitedUser(aws, patient.poolId, name);
  const signIn = () => challengeAgain(name, patient.clientId);
  const [late, inTime] = [await signIn(), await signIn()];
  aws.advance(9 * 60_000 - 1);
  await expect(respond(inTime, newPassword, patient.clientId)).resolves.toHaveProperty(
    "AuthenticationResult",
  );
  aws.advance(1);
  await expect(respond(late, newPassword, patient.clientId)).rejects.toMatchObject(invalidSession);
});

test("a session dies when an administrator sets another password", async () => {
  const given = await challenge("reset@example.com");
  await aws.clients.cognito.send(
    new AdminSetUserPasswordCommand({
      UserPoolId: pool.poolId,
      Username: "reset@example.com",
      Password: fixtures.password,
      Permanent: true,
    }),
  );
  await expect(respond(given)).rejects.toMatchObject(invalidSession);
});

test("a user who was disabled meanwhile cannot respond", async () => {
  const given = await challenge("stopped@example.com");
  const user = { UserPoolId: pool.poolId, Username: "stopped@example.com" };
  await aws.clients.cognito.send(new AdminDisableUserCommand(user));
  await expect(respond(given)).rejects.toMatchObject({
    message: "User is disabled.",
  });
});

test("a password outside the policy is rejected, and the session can be used again", async () => {
  const given = await challenge("weak@example.com");
  await expect(respond(given, "weak")).rejects.toMatchObject({
    name: "InvalidPasswordException",
    message: "Password did not conform with policy: Password not long enough",
  });
  await expect(respond(given)).resolves.toHaveProperty("AuthenticationResult");
});

test("attributes cannot be slipped in with the new password", async () => {
  const { username, session } = await challenge("slip@example.com");
  const answer = new RespondToAuthChallengeCommand({
    ClientId: pool.clientId,
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session: session,
    ChallengeResponses: {
      USERNAME: username,
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

test("a user has ten open challenges, and the next sign-in ends the oldest", async () => {
  const first = await challenge("open@example.com");
  const second = await challengeAgain("open@example.com");
  for (let open = 3; open <= 11; open += 1) await challengeAgain("open@example.com");
  await expect(respond(first)).rejects.toMatchObject(invalidSession);
  await expect(respond(second)).resolves.toHaveProperty("AuthenticationResult");
});
