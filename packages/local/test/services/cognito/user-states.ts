/** Users in each state that an unsigned operation treats differently. */
import {
  AdminConfirmSignUpCommand,
  AdminDisableUserCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { present } from "../../support/present.ts";
import type { StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";

export type Pool = Awaited<ReturnType<typeof fixtures.createPool>>;
type CreateUser = (aws: StartedCloud, pool: Pool, name: string) => Promise<void>;

/** Signs a user up, whose address is the name. */
export const signUp: CreateUser = async ({ clients }, { clientId }, Username) => {
  await clients.cognito.send(
    new SignUpCommand({
      ClientId: clientId,
      Username,
      Password: fixtures.password,
      UserAttributes: [{ Name: "email", Value: Username }],
    }),
  );
};

const disable: CreateUser = async ({ clients }, { poolId: UserPoolId }, Username) => {
  await clients.cognito.send(new AdminDisableUserCommand({ UserPoolId, Username }));
};

/** How a user gets into each state. */
export const userStates: Readonly<Record<string, CreateUser>> = {
  confirmed: async (aws, { poolId }, name) => {
    await fixtures.createUser(aws, poolId, name);
  },
  invited: async (aws, { poolId }, name) => {
    await fixtures.createInvitedUser(aws, poolId, name);
  },
  disabled: async (aws, pool, name) => {
    await fixtures.createUser(aws, pool.poolId, name);
    await disable(aws, pool, name);
  },
  unconfirmed: signUp,
  "unconfirmed with an expired code": async (aws, pool, name) => {
    await signUp(aws, pool, name);
    aws.advance(24 * 3_600_000);
  },
  "unconfirmed and disabled": async (aws, pool, name) => {
    await signUp(aws, pool, name);
    await disable(aws, pool, name);
  },
  "confirmed by code": async (aws, pool, name) => {
    await signUp(aws, pool, name);
    const ConfirmationCode = present(aws.deliveries.at(-1)).code;
    await aws.clients.cognito.send(
      new ConfirmSignUpCommand({ ClientId: pool.clientId, Username: name, ConfirmationCode }),
    );
  },
  "without a verified address": async (aws, pool, name) => {
    await signUp(aws, pool, name);
    await aws.clients.cognito.send(
      new AdminConfirmSignUpCommand({ UserPoolId: pool.poolId, Username: name }),
    );
  },
  "confirmed, with a reset code that expired": async (aws, pool, name) => {
    await fixtures.createUser(aws, pool.poolId, name);
    await aws.clients.cognito.send(
      new ForgotPasswordCommand({ ClientId: pool.clientId, Username: name }),
    );
  },
};
