/** Finds the user pools of a stage, and in which of them a user is. */
import {
  AdminGetUserCommand,
  paginateListUserPoolClients,
  paginateListUserPools,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";
import { type UserPool as PoolNumber, userPools } from "@secure-lambda/functions/contract";
import { parseWith, UsageError } from "@secure-lambda/local/command-line";
import * as z from "zod";
import { CommandError } from "./command-error.ts";
import type { Target } from "./target.ts";
import { howToDeploy } from "./unnamed-stage.ts";
import { namesOf } from "../../stacks/settings/names.ts";

/** A user pool of the stage and its client. */
export interface UserPool {
  readonly number: PoolNumber;
  readonly userPoolId: string;
  readonly clientId: string;
}

/** Parses the value of `--pool`: the pool's number. */
export const parsePool = parseWith(
  z
    .string()
    .transform(Number)
    .pipe(z.literal(userPools, `Expected ${userPools.join(" or ")}.`)),
);

/** The pool with that number. @throws CommandError when the stage has none. */
export async function findUserPool(target: Target, number: PoolNumber): Promise<UserPool> {
  // SST names a pool APP-STAGE-COMPONENT and adds a suffix of its own, which begins with a letter.
  const prefix = new RegExp(`^${namesOf(target.stage).resource(`MyUserPool${number}`)}(?!\\d)`);
  for await (const { UserPools = [] } of paginateListUserPools(
    { client: target.cognito },
    { MaxResults: 60 },
  )) {
    const id = UserPools.find(({ Name }) => prefix.test(Name ?? ""))?.Id;
    if (id !== undefined) return { number, userPoolId: id, clientId: await clientOf(target, id) };
  }
  throw new CommandError(
    `Stage "${target.stage}" has no user pool ${number}. ${howToDeploy(target.stage, target.local)}`,
  );
}

/**
 * The pool that has the user, of the named one or of all.
 * @throws CommandError when none has; UsageError when several have: to the stage they are several users.
 */
export async function findPoolOfUser(
  target: Target,
  email: string,
  named?: PoolNumber,
): Promise<UserPool> {
  const found: UserPool[] = [];
  for (const number of named === undefined ? userPools : [named]) {
    const pool = await findUserPool(target, number);
    if (await hasUser(target, pool, email)) found.push(pool);
  }
  const [pool, ...others] = found;
  if (pool === undefined) {
    const where = named === undefined ? "" : ` in pool ${named}`;
    throw new CommandError(
      `Stage "${target.stage}" has no user ${email}${where}. Create one:\n  npm run user -- create ${email} --pool ${named ?? userPools[0]}`,
    );
  }
  if (others.length > 0) {
    const choices = found.map(({ number }) => `--pool ${number}`).join(" or ");
    throw new UsageError(
      `option '--pool' is required: ${found.length} pools of stage "${target.stage}" have a user ${email}. Write ${choices}.`,
    );
  }
  return pool;
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
