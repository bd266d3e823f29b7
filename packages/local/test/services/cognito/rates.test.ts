/**
 * Limits of requests per second in all user pools.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
 * Source: https://github.com/aws-amplify/amplify-js/issues/3554
 */
import { AdminDisableUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import * as z from "zod";
import { callJson } from "../../support/raw-calls.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
let pool: Awaited<ReturnType<typeof fixtures.createPool>>;
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws);
});
beforeEach(() => aws.advance(1000));
afterAll(() => aws.stop());

const rateExceeded = "TooManyRequestsException: Rate exceeded";
const errorSchema = z.object({ __type: z.string(), message: z.string() });

/** The error of a call, or "ok". */
async function call(operation: string, input: object, ClientId = pool.clientId): Promise<string> {
  const target = `AWSCognitoIdentityProviderService.${operation}`;
  const given = "AccessToken" in input ? input : { ClientId, ...input };
  const { status, body } = await callJson(aws.endpoint, "cognito-idp", target, given);
  if (status === 200) return "ok";
  const { __type, message } = errorSchema.parse(JSON.parse(body));
  return `${__type}: ${message}`;
}

const byToken = { AccessToken: "made-up" };
const Password = "Fresh-Horse-2";
const ConfirmationCode = "0000000";
const named = (index: number) => ({ Username: `${index}@example.com` });
const initiation = (AuthFlow: string, AuthParameters: object) => ({ AuthFlow, AuthParameters });
const response = (ChallengeName: string) => ({
  ChallengeName,
  Session: "made-up-".repeat(4),
  ChallengeResponses: { USERNAME: "a", NEW_PASSWORD: Password },
});

/** Each with an input for the request of a number. */
const operations: [number, string, (index: number) => object][] = [
  [120, "InitiateAuth", () => initiation("REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: "made-up" })],
  [
    120,
    "InitiateAuth",
    (n) => initiation("USER_PASSWORD_AUTH", { USERNAME: named(n).Username, PASSWORD: "a" }),
  ],
  [30, "RespondToAuthChallenge", () => response("NEW_PASSWORD_REQUIRED")],
  [120, "RespondToAuthChallenge", () => response("PASSWORD_VERIFIER")],
  [360, "RespondToAuthChallenge", () => response("SOFTWARE_TOKEN_MFA")],
  [360, "RespondToAuthChallenge", () => response("MFA_SETUP")],
  [30, "ForgotPassword", named],
  [30, "ConfirmForgotPassword", (n) => ({ ...named(n), ConfirmationCode, Password })],
  [50, "SignUp", () => ({ Username: "a@example.com", Password: "weak" })],
  [50, "ConfirmSignUp", (n) => ({ ...named(n), ConfirmationCode })],
  [50, "ResendConfirmationCode", named],
  [120, "GetUser", () => byToken],
  [25, "GlobalSignOut", () => byToken],
  [25, "AssociateSoftwareToken", () => byToken],
  [25, "VerifySoftwareToken", () => ({ ...byToken, UserCode: "123456" })],
  [25, "SetUserMFAPreference", () => byToken],
  [
    25,
    "UpdateUserAttributes",
    () => ({ ...byToken, UserAttributes: [{ Name: "nickname", Value: "Ada" }] }),
  ],
  [120, "GetTokensFromRefreshToken", () => ({ RefreshToken: "made-up" })],
  [120, "RevokeToken", () => ({ Token: "made-up" })],
];

it.each(operations)("%i of %s are admitted in a second", async (limit, operation, inputOf) => {
  const seen: string[] = [];
  for (let at = 0; at < limit; at += 1) seen.push(await call(operation, inputOf(at)));
  expect(seen).not.toContain(rateExceeded);
  expect(await call(operation, inputOf(limit))).toBe(rateExceeded);
  aws.advance(1000);
  expect(await call(operation, inputOf(limit))).not.toBe(rateExceeded);
});

it("those of a category count over its operations and all user pools", async () => {
  const other = await fixtures.createPool(aws);
  for (let at = 0; at < 30; at += 1) await call("ForgotPassword", named(at));
  expect(await call("ForgotPassword", named(0), other.clientId)).toBe(rateExceeded);
  const reset = { ...named(0), ConfirmationCode, Password };
  expect(await call("ConfirmForgotPassword", reset)).toBe(rateExceeded);
  const signUp = { Username: "category@example.com", Password: fixtures.password };
  expect(await call("SignUp", signUp)).toBe("ok");
});

it("any number is admitted for an administrator", async () => {
  await fixtures.createUser(aws, pool.poolId, "administered@example.com");
  const user = { UserPoolId: pool.poolId, Username: "administered@example.com" };
  for (let at = 0; at < 60; at += 1) {
    await expect(
      aws.clients.cognito.send(new AdminDisableUserCommand(user)),
    ).resolves.toBeDefined();
  }
});
