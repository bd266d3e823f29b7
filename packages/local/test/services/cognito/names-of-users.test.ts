/**
 * A client with PreventUserExistenceErrors gets the same response, byte for byte, while there is a user
 * of a name and when there is none any more.
 */
import { randomUUID } from "node:crypto";
import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEnrolledUser } from "./authenticators.ts";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";
import { userStates, type Pool } from "./user-states.ts";

let aws: StartedCloud;
const pools: Record<string, Pool> = {};
beforeAll(async () => {
  aws = await startTestCloud();
  pools["addresses"] = await fixtures.createPool(aws);
  pools["usernames"] = await fixtures.createPool(aws, { usernameAttributes: [] });
});
afterAll(() => aws.stop());

const hour = 3_600_000;
/** No code that is sent: those have six digits. */
const ConfirmationCode = "0000000";
const Session = "made-up-".repeat(4);
const Password = "Fresh-Horse-2";

/** Every unsigned operation that takes a name, each with input that anyone can send. */
const operations: [string, (name: string) => object][] = [
  ["InitiateAuth", (USERNAME) => withPassword({ USERNAME, PASSWORD: "Wrong-Horse-1" })],
  ["InitiateAuth", (USERNAME) => withPassword({ USERNAME })],
  ["InitiateAuth", (USERNAME) => ({ AuthFlow: "USER_SRP_AUTH", AuthParameters: { USERNAME } })],
  ["InitiateAuth", (USERNAME) => ({ AuthFlow: "CUSTOM_AUTH", AuthParameters: { USERNAME } })],
  ["InitiateAuth", (USERNAME) => ({ AuthFlow: "USER_AUTH", AuthParameters: { USERNAME } })],
  ["RespondToAuthChallenge", (USERNAME) => response({ USERNAME, NEW_PASSWORD: Password })],
  ["RespondToAuthChallenge", (USERNAME) => response({ USERNAME, NEW_PASSWORD: "weak" })],
  ["RespondToAuthChallenge", (USERNAME) => response({ USERNAME })],
  ["RespondToAuthChallenge", (USERNAME) => response({ USERNAME }, "MFA_SETUP")],
  ["RespondToAuthChallenge", (USERNAME) => response({ USERNAME }, "SOFTWARE_TOKEN_MFA")],
  ["RespondToAuthChallenge", (USERNAME) => withCode({ USERNAME })],
  ["ForgotPassword", (Username) => ({ Username })],
  ["ConfirmForgotPassword", (Username) => ({ Username, ConfirmationCode, Password })],
  ["ConfirmForgotPassword", (Username) => ({ Username, ConfirmationCode, Password: "weak" })],
  ["ResendConfirmationCode", (Username) => ({ Username })],
  ["ConfirmSignUp", (Username) => ({ Username, ConfirmationCode })],
  ["ConfirmSignUp", (Username) => ({ Username, ConfirmationCode, SecretHash: "none" })],
];

function withPassword(AuthParameters: object): object {
  return { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters };
}

function response(ChallengeResponses: object, ChallengeName = "NEW_PASSWORD_REQUIRED"): object {
  return { ChallengeName, Session, ChallengeResponses };
}

function withCode(responses: object): object {
  return response({ ...responses, SOFTWARE_TOKEN_MFA_CODE: "123456" }, "SOFTWARE_TOKEN_MFA");
}

/** What a caller of an operation sees. */
async function call({ clientId }: Pool, operation: string, input: object): Promise<object> {
  const answer = await fetch(aws.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ ClientId: clientId, ...input }),
  });
  const body = await answer.text();
  const headers = [...answer.headers].filter(([name]) => !/^(date|x-amzn-requestid)$/.test(name));
  return { operation, input, status: answer.status, headers, body };
}

/** What a caller sees who calls everything with the name. */
async function everything(pool: Pool, name: string): Promise<object[]> {
  const seen: object[] = [];
  for (const [operation, inputOf] of operations) {
    seen.push(await call(pool, operation, inputOf(name)));
    aws.advance(1000);
  }
  // Nothing of the last hour counts any more.
  aws.advance(hour);
  return seen;
}

/** The destinations that a caller was told for a name. */
async function destinationsOf(pool: Pool, name: string): Promise<Set<string | undefined>> {
  const texts = (await everything(pool, name)).map((seen) => JSON.stringify(seen));
  return new Set(texts.flatMap((text) => /[^"\\]\*{3}@[^"\\]*/.exec(text)?.[0] ?? []));
}

/** What a caller sees with a name, and with its user's `sub`, before and after the user is deleted. */
async function beforeAndAfter(pool: Pool, name: string): Promise<[object[], object[]]> {
  const user = { UserPoolId: pool.poolId, Username: name };
  const { UserAttributes } = await aws.clients.cognito.send(new AdminGetUserCommand(user));
  const sub = present(UserAttributes?.find(({ Name }) => Name === "sub")?.Value);
  aws.advance(hour);
  const before = [...(await everything(pool, name)), ...(await everything(pool, sub))];
  await aws.clients.cognito.send(new AdminDeleteUserCommand(user));
  return [before, [...(await everything(pool, name)), ...(await everything(pool, sub))]];
}

describe.each(["addresses", "usernames"])("in a pool of %s", (kind) => {
  it.each(Object.keys(userStates))("a user who is %s looks like nobody", async (state) => {
    const pool = present(pools[kind]);
    const name = `u-${state.replaceAll(/\W+/g, "-")}@example.com`;
    await present(userStates[state])(aws, pool, name);
    const [before, after] = await beforeAndAfter(pool, name);
    expect(after).toEqual(before);
  });

  it("every operation tells one destination for a name, user or not", async () => {
    const pool = present(pools[kind]);
    const { sub } = await fixtures.createUser(aws, pool.poolId, "known@example.com");
    for (const name of ["known@example.com", sub, "unknown@example.com", randomUUID()]) {
      expect((await destinationsOf(pool, name)).size).toBe(1);
    }
  });
});

it("a user with an authenticator looks like nobody", async () => {
  const pool = await fixtures.createPool(aws, { mfaConfiguration: "ON" });
  await createEnrolledUser(aws, pool, "enrolled@example.com");
  const [before, after] = await beforeAndAfter(pool, "enrolled@example.com");
  expect(after).toEqual(before);
});

it("operations on tokens tell nothing of a user", async () => {
  const pool = present(pools["addresses"]);
  const { sub } = await fixtures.createUser(aws, pool.poolId, "tokens@example.com");
  const forged = (subject: string) => {
    const claims = { sub: subject, iss: aws.cognito.issuer(pool.poolId), token_use: "access" };
    const parts = [{ alg: "RS256" }, claims].map((part) => JSON.stringify(part));
    return `${parts.map((part) => Buffer.from(part).toString("base64url")).join(".")}.c2ln`;
  };
  const told = async (subject: string) => {
    const AccessToken = forged(subject);
    const calls = [
      call(pool, "RevokeToken", { Token: subject }),
      call(pool, "RevokeToken", { Token: AccessToken }),
      call(pool, "InitiateAuth", {
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: subject },
      }),
      ...["GetUser", "GlobalSignOut"].map((operation) =>
        call(pool, operation, { ClientId: undefined, AccessToken }),
      ),
    ];
    return (await Promise.all(calls)).map((seen) => ({ ...seen, input: undefined }));
  };
  expect(await told(sub)).toEqual(await told(randomUUID()));
});
