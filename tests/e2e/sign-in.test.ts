/** What commands send to a stage that requires a one-time password, and what they make of its answers. */
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import * as z from "zod";
import { listen } from "../../packages/local/src/http/listen.ts";
import type { Target } from "../../scripts/support/target.ts";
import { signInWithSecret } from "../../scripts/support/totp.ts";
import { signIn } from "../../scripts/support/users.ts";
import { clientConfig } from "../../packages/local/test/support/client-config.ts";

interface Answer {
  status?: number;
  body: object;
}

let target: Target;
let stop: () => Promise<void>;
/** What Cognito answers to each operation. */
let answers: Record<string, Answer>;
let requests: { operation: string; input: unknown }[];

beforeAll(async () => {
  const listener = await listen(async (request) => {
    const operation = request.headers.get("x-amz-target")?.split(".")[1] ?? "";
    requests.push({ operation, input: await request.json() });
    const { status = 200, body } = answers[operation] ?? { status: 500, body: {} };
    return Response.json(body, { status });
  }, 0);
  const cognito = new CognitoIdentityProviderClient({
    ...clientConfig(listener.url),
    maxAttempts: 1,
  });
  target = { stage: "prod", local: false, cognito };
  stop = async () => {
    cognito.destroy();
    await listener.close();
  };
});
beforeEach(() => {
  requests = [];
  answers = {};
});
afterAll(() => stop());

const pool = { number: 1, userPoolId: "us-east-1_AbC123", clientId: "client-1" } as const;
const user = { email: "ada@example.com", password: "Correct-horse-1" };
const completed = { body: { AuthenticationResult: { IdToken: "the.id.token" } } };
/** An authenticator that shows one code. */
const showing = (code: string) => ({ code: async () => code, register: async () => code });
/** In these pools the address is an alias; the user name is Cognito's own. */
const username = "8f6b2c1e-0000-4000-8000-3a5d7e9f1b2c";
const challenge = (ChallengeName: string) => ({
  body: {
    ChallengeName,
    Session: "session-1",
    ChallengeParameters: { USER_ID_FOR_SRP: username },
  },
});

it("asks for the code of a registered authenticator and sends it with the session and the user's own name", async () => {
  answers = {
    InitiateAuth: challenge("SOFTWARE_TOKEN_MFA"),
    RespondToAuthChallenge: completed,
  };
  await expect(signIn(target, pool, user, showing("123456"))).resolves.toBe("the.id.token");
  expect(requests.at(-1)).toEqual({
    operation: "RespondToAuthChallenge",
    input: {
      ClientId: "client-1",
      ChallengeName: "SOFTWARE_TOKEN_MFA",
      Session: "session-1",
      ChallengeResponses: { USERNAME: username, SOFTWARE_TOKEN_MFA_CODE: "123456" },
    },
  });
});

it("has an authenticator registered at the first sign-in, and goes on with each new session", async () => {
  answers = {
    InitiateAuth: challenge("MFA_SETUP"),
    AssociateSoftwareToken: { body: { SecretCode: "ABCDEF", Session: "session-2" } },
    VerifySoftwareToken: { body: { Status: "SUCCESS", Session: "session-3" } },
    RespondToAuthChallenge: completed,
  };
  const registered: string[] = [];
  const authenticator = {
    ...showing("123456"),
    async register(email: string, secret: string) {
      registered.push(email, secret);
      return "123456";
    },
  };
  await expect(signIn(target, pool, user, authenticator)).resolves.toBe("the.id.token");
  expect(registered).toEqual(["ada@example.com", "ABCDEF"]);
  const session = z.object({ Session: z.string().optional() });
  expect(requests.map(({ operation, input }) => [operation, session.parse(input).Session])).toEqual(
    [
      ["InitiateAuth", undefined],
      ["AssociateSoftwareToken", "session-1"],
      ["VerifySoftwareToken", "session-2"],
      ["RespondToAuthChallenge", "session-3"],
    ],
  );
  expect(requests.at(-1)?.input).toMatchObject({ ChallengeResponses: { USERNAME: username } });
});

it.each([
  ["CodeMismatchException", "RespondToAuthChallenge"],
  ["NotAuthorizedException", "RespondToAuthChallenge"],
  ["ExpiredCodeException", "RespondToAuthChallenge"],
])("says who was not signed in after a %s", async (type, operation) => {
  answers = {
    InitiateAuth: challenge("SOFTWARE_TOKEN_MFA"),
    [operation]: { status: 400, body: { __type: type, message: "Invalid code" } },
  };
  await expect(signIn(target, pool, user, showing("000000"))).rejects.toThrow(
    "ada@example.com was not signed in: Invalid code",
  );
});

it("tries three codes of a secret, no more, when each was used", async () => {
  const used = { __type: "ExpiredCodeException", message: "used once" };
  answers = {
    InitiateAuth: challenge("SOFTWARE_TOKEN_MFA"),
    RespondToAuthChallenge: { status: 400, body: used },
  };
  const clock = { now: () => 0, until: async () => undefined };
  await expect(signInWithSecret(target, pool, user, "JBSWY3DPEHPK3PXP", clock)).rejects.toThrow(
    "ada@example.com was not signed in: used once",
  );
  const operations = requests.map(({ operation }) => operation);
  expect(operations.filter((name) => name === "RespondToAuthChallenge")).toHaveLength(3);
});

it("sends a user to the login page for what it cannot ask here", async () => {
  answers = { InitiateAuth: challenge("SELECT_MFA_TYPE") };
  await expect(signIn(target, pool, user, showing(""))).rejects.toThrow(
    /SELECT_MFA_TYPE first: sign in once on the login page/,
  );
});

it("says which command replaces a temporary password, where it does not ask for another", async () => {
  answers = { InitiateAuth: challenge("NEW_PASSWORD_REQUIRED") };
  await expect(signIn(target, pool, user, showing(""))).rejects.toThrow(
    "The password of ada@example.com is temporary: sign in once with npm run token",
  );
});

it("tells that a temporary password was replaced, when no authenticator can be set up after it", async () => {
  const setUp = { SecretCode: "ABCDEF", Session: "session-2" };
  answers = {
    InitiateAuth: challenge("NEW_PASSWORD_REQUIRED"),
    RespondToAuthChallenge: challenge("MFA_SETUP"),
    AssociateSoftwareToken: { body: setUp },
  };
  const told: string[] = [];
  const invited = {
    ...user,
    newPassword: async () => "Another-horse-2",
    onPasswordReplaced: () => told.push("replaced"),
  };
  const authenticator = {
    ...showing(""),
    register: () => Promise.reject(new Error("no terminal")),
  };
  await expect(signIn(target, pool, invited, authenticator)).rejects.toThrow("no terminal");
  expect(told).toEqual(["replaced"]);
});

it("tells nothing of a new password that is not taken", async () => {
  const body = { __type: "InvalidPasswordException", message: "too short" };
  answers = {
    InitiateAuth: challenge("NEW_PASSWORD_REQUIRED"),
    RespondToAuthChallenge: { status: 400, body },
  };
  const told: string[] = [];
  const invited = {
    ...user,
    newPassword: async () => "short",
    onPasswordReplaced: () => told.push("replaced"),
  };
  await expect(signIn(target, pool, invited, showing(""))).rejects.toThrow("too short");
  expect(told).toEqual([]);
});

it("says that a password was reset", async () => {
  const body = { __type: "PasswordResetRequiredException", message: "Password reset required" };
  answers = { InitiateAuth: { status: 400, body } };
  await expect(signIn(target, pool, user, showing(""))).rejects.toThrow(
    "ada@example.com was not signed in: Password reset required",
  );
});
