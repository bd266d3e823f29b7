/** Finds the user pools of a stage, and in which of them a user is. */
import {
  AdminGetUserCommand,
  paginateListUserPoolClients,
  paginateListUserPools,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";
import { CommandError } from "./command.ts";
import type { Target } from "./target.ts";

/** A user pool of the stage and its client. */
export interface UserPool {
  readonly number: 1 | 2;
  readonly userPoolId: string;
  readonly clientId: string;
}

/** The pool with that number. @throws CommandError when the stage has none. */
export async function findUserPool(target: Target, number: 1 | 2): Promise<UserPool> {
  // SST names a pool APP-STAGE-COMPONENT and adds a suffix of its own.
  const prefix = `secure-lambda-${target.stage}-MyUserPool${number}`;
  for await (const { UserPools = [] } of paginateListUserPools(
    { client: target.cognito },
    { MaxResults: 60 },
  )) {
    const id = UserPools.find(({ Name }) => Name?.startsWith(prefix))?.Id;
    if (id !== undefined) return { number, userPoolId: id, clientId: await clientOf(target, id) };
  }
  throw new CommandError(
    `Stage "${target.stage}" has no user pool ${number}. ${target.local ? 'Is "npm start" ready?' : `Deploy it first: npm run deploy -- --stage ${target.stage}`}`,
  );
}

/** The pool that has the user. @throws CommandError when neither has. */
export async function findPoolOfUser(target: Target, email: string): Promise<UserPool> {
  for (const number of [1, 2] as const) {
    const pool = await findUserPool(target, number);
    if (await hasUser(target, pool, email)) return pool;
  }
  throw new CommandError(
    `Stage "${target.stage}" has no user ${email}. Create one: npm run user -- create ${email} --pool 1`,
  );
}

async function clientOf({ cognito }: Target, userPoolId: string): Promise<string> {
  for await (const { UserPoolClients = [] } of paginateListUserPoolClients(
    { client: cognito },
    { UserPoolId: userPoolId },
  )) {
    const id = UserPoolClients[0]?.ClientId;
    if (id !== undefined) return id;
  }
  throw new CommandError(`User pool ${userPoolId} has no client.`);
}

async function hasUser(
  { cognito }: Target,
  { userPoolId }: UserPool,
  email: string,
): Promise<boolean> {
  try {
    await cognito.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: email }));
    return true;
  } catch (error) {
    if (error instanceof UserNotFoundException) return false;
    throw error;
  }
}
