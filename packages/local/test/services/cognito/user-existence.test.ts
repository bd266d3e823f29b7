/**
 * A client with PreventUserExistenceErrors gets the same responses for users in every state as for
 * unknown ones, also when it asks repeatedly.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 * Source: https://github.com/aws-amplify/amplify-js/issues/14762
 */
import {
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";
import { signUp, userStates, type Pool } from "./user-states.ts";

let aws: StartedCloud;
let shared: Pool;
beforeAll(async () => {
  aws = await startTestCloud();
  shared = await fixtures.createPool(aws);
});
afterAll(() => aws.stop());

const hour = 3_600_000;

/** The unsigned operations that name a user, with input that anyone can send. */
const operations: Record<string, (pool: Pool, name: string) => Promise<object>> = {
  "InitiateAuth with a wrong password": ({ clientId }, USERNAME) =>
    fixtures.initiate(aws, clientId, { USERNAME, PASSWORD: "Wrong-Horse-1" }),
  "RespondToAuthChallenge with a made-up session": ({ clientId: ClientId }, USERNAME) =>
    aws.clients.cognito.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session: "made-up-".repeat(4),
        ChallengeResponses: { USERNAME, NEW_PASSWORD: "Fresh-Horse-2" },
      }),
    ),
  ForgotPassword: ({ clientId: ClientId }, Username) =>
    aws.clients.cognito.send(new ForgotPasswordCommand({ ClientId, Username })),
  "ConfirmForgotPassword with a guess": (pool, name) => reset(pool, name, "Fresh-Horse-2"),
  "ConfirmForgotPassword with a guess and a weak password": (pool, name) =>
    reset(pool, name, "weak"),
  "ForgotPassword and a guess": async (pool, name) => {
    await aws.clients.cognito.send(
      new ForgotPasswordCommand({ ClientId: pool.clientId, Username: name }),
    );
    return reset(pool, name, "Fresh-Horse-2");
  },
  ResendConfirmationCode: ({ clientId: ClientId }, Username) =>
    aws.clients.cognito.send(new ResendConfirmationCodeCommand({ ClientId, Username })),
  "ConfirmSignUp with a guess": ({ clientId: ClientId }, Username) =>
    aws.clients.cognito.send(
      new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode: guess }),
    ),
};

/** No code that is sent: those have six digits. */
const guess = "0000000";

function reset({ clientId: ClientId }: Pool, Username: string, Password: string) {
  return aws.clients.cognito.send(
    new ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode: guess, Password }),
  );
}

/** The part of a response that a caller can compare. */
async function responseTo(call: Promise<object>): Promise<string> {
  try {
    const { $metadata: _, ...output }: { $metadata?: unknown } = await call;
    return JSON.stringify(output);
  } catch (error) {
    return String(error);
  }
}

/** The responses to repeated calls, three seconds apart. */
async function responses(times: number, call: () => Promise<object>): Promise<string[]> {
  const seen: string[] = [];
  for (let asked = 0; asked < times; asked += 1) {
    seen.push(await responseTo(call()));
    aws.advance(3000);
  }
  return seen;
}

describe.each(Object.keys(operations))("%s", (operation) => {
  const call = present(operations[operation]);
  // More often than the limits allow.
  const times = operation.startsWith("ConfirmSignUp") ? 17 : 7;
  let ofUnknown: string[];
  beforeAll(async () => {
    ofUnknown = await responses(times, () => call(shared, `A-Unknown@Example.com`));
    aws.advance(hour);
  });

  it.each(Object.keys(userStates))(
    "responds for a user who is %s as for an unknown one",
    async (state) => {
      const name = `${operation} ${state}`.replaceAll(/\W+/g, "-");
      await present(userStates[state])(aws, shared, `a-user-${name}@example.com`);
      // Requests of the last hour count, and so do the user's own.
      aws.advance(hour);
      // Another spelling: the response must not show the one that the user signed up with.
      const ofUser = await responses(times, () => call(shared, `A-User-${name}@Example.com`));
      expect(ofUser).toEqual(ofUnknown);
    },
  );
});

it("a guess does not reveal that a user has requested a code", async () => {
  await fixtures.createUser(aws, shared.poolId, "resetting@example.com");
  await aws.clients.cognito.send(
    new ForgotPasswordCommand({ ClientId: shared.clientId, Username: "resetting@example.com" }),
  );
  const ofUser = await responseTo(reset(shared, "resetting@example.com", "Fresh-Horse-2"));
  expect(ofUser).toBe(await responseTo(reset(shared, "resting@example.com", "Fresh-Horse-2")));
});

describe("a pool whose users have names", () => {
  it("simulates for each name one address that does not follow from it", async () => {
    const pool = await fixtures.createPool(aws, { usernameAttributes: [] });
    const forgot = async (Username: string) => {
      const { clientId: ClientId } = pool;
      const call = new ForgotPasswordCommand({ ClientId, Username });
      return present((await aws.clients.cognito.send(call)).CodeDeliveryDetails?.Destination);
    };
    const names = Array.from({ length: 20 }, (_, index) => `unknown-${index}`);
    const destinations: string[] = [];
    for (const name of names) {
      destinations.push(await forgot(name));
      expect(await forgot(name)).toBe(destinations.at(-1));
      aws.advance(1000);
    }
    for (const destination of destinations) expect(destination).toMatch(/^[a-z]\*{3}@[a-z]\*{3}$/);
    expect(new Set(destinations).size).toBeGreaterThan(1);
  });

  it("and that verifies no address resends no code, for known and unknown users", async () => {
    const pool = await fixtures.createPool(aws, { autoVerifiedAttributes: [] });
    await signUp(aws, pool, "ada@example.com");
    const resend = (Username: string) => {
      const { clientId: ClientId } = pool;
      return aws.clients.cognito.send(new ResendConfirmationCodeCommand({ ClientId, Username }));
    };
    for (const name of ["ada@example.com", "abe@example.com"]) {
      await expect(resend(name)).rejects.toMatchObject({
        name: "InvalidParameterException",
        message: "Cannot resend codes. Auto verification not turned on.",
      });
    }
  });
});

it("SignUp reveals that a name is taken (documented)", async () => {
  await signUp(aws, shared, "ada@example.com");
  await expect(signUp(aws, shared, "ada@example.com")).rejects.toMatchObject({
    name: "UsernameExistsException",
  });
});
