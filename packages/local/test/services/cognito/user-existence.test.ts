/**
 * A client with PreventUserExistenceErrors gets the same responses for users in every state as for
 * unknown ones, also when it asks repeatedly.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 * Source: https://github.com/aws-amplify/amplify-js/issues/14762
 */
import {
  AdminConfirmSignUpCommand,
  AdminDisableUserCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";

type Pool = Awaited<ReturnType<typeof fixtures.createPool>>;

let aws: StartedCloud;
let shared: Pool;
beforeAll(async () => {
  aws = await startTestCloud();
  shared = await fixtures.createPool(aws);
});
afterAll(() => aws.stop());

const hour = 3_600_000;

/** Users in each state that an operation treats differently. */
const states: Record<string, (pool: Pool, name: string) => Promise<void>> = {
  confirmed: async ({ poolId }, name) => {
    await fixtures.createUser(aws, poolId, name);
  },
  invited: async ({ poolId }, name) => {
    await fixtures.createInvitedUser(aws, poolId, name);
  },
  disabled: async ({ poolId }, name) => {
    await fixtures.createUser(aws, poolId, name);
    await aws.clients.cognito.send(
      new AdminDisableUserCommand({ UserPoolId: poolId, Username: name }),
    );
  },
  unconfirmed: (pool, name) => signUp(pool, name),
  "unconfirmed with an expired code": async (pool, name) => {
    await signUp(pool, name);
    aws.advance(24 * hour);
  },
  "unconfirmed and disabled": async (pool, name) => {
    await signUp(pool, name);
    await aws.clients.cognito.send(
      new AdminDisableUserCommand({ UserPoolId: pool.poolId, Username: name }),
    );
  },
  "confirmed by code": async (pool, name) => {
    await signUp(pool, name);
    const ConfirmationCode = present(aws.deliveries.at(-1)).code;
    await aws.clients.cognito.send(
      new ConfirmSignUpCommand({ ClientId: pool.clientId, Username: name, ConfirmationCode }),
    );
  },
  "without a verified address": async (pool, name) => {
    await signUp(pool, name);
    await aws.clients.cognito.send(
      new AdminConfirmSignUpCommand({ UserPoolId: pool.poolId, Username: name }),
    );
  },
  "confirmed, with a reset code that expired": async (pool, name) => {
    await fixtures.createUser(aws, pool.poolId, name);
    await aws.clients.cognito.send(
      new ForgotPasswordCommand({ ClientId: pool.clientId, Username: name }),
    );
  },
};

async function signUp({ clientId: ClientId }: Pool, Username: string): Promise<void> {
  await aws.clients.cognito.send(
    new SignUpCommand({ ClientId, Username, Password: fixtures.password }),
  );
}

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

  it.each(Object.keys(states))(
    "responds for a user who is %s as for an unknown one",
    async (state) => {
      const name = `${operation} ${state}`.replaceAll(/\W+/g, "-");
      await present(states[state])(shared, `a-user-${name}@example.com`);
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
    await signUp(pool, "ada@example.com");
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
  await signUp(shared, "ada@example.com");
  await expect(signUp(shared, "ada@example.com")).rejects.toMatchObject({
    name: "UsernameExistsException",
  });
});
