/** Lists the users of a stage. */
import { paginateListUsers, type UserType } from "@aws-sdk/client-cognito-identity-provider";
import type { UserPool as PoolNumber } from "@secure-lambda/functions/contract";
import { escapeForTerminal } from "@secure-lambda/local/command-line";
import { wrapRows } from "./table.ts";
import type { Target } from "./target.ts";
import { findUserPool } from "./user-pools.ts";

/** A user, as `--json` prints one. */
export interface ListedUser {
  readonly email: string;
  /** As Cognito calls it: `CONFIRMED`, `UNCONFIRMED`, `FORCE_CHANGE_PASSWORD` … */
  readonly status: string;
  /** Whether the user may sign in. */
  readonly enabled: boolean;
  readonly pool: PoolNumber;
}

/** The users of these pools, by pool and address. @throws CommandError when the stage lacks a pool. */
export async function listUsers(
  target: Target,
  pools: readonly PoolNumber[],
): Promise<readonly ListedUser[]> {
  const listed: ListedUser[] = [];
  for (const number of pools) {
    const { userPoolId: UserPoolId } = await findUserPool(target, number);
    const pages = paginateListUsers({ client: target.cognito }, { UserPoolId });
    const users: ListedUser[] = [];
    for await (const { Users = [] } of pages)
      users.push(...Users.map((user) => read(user, number)));
    listed.push(...users.toSorted((one, other) => (one.email < other.email ? -1 : 1)));
  }
  return listed;
}

function read({ Attributes = [], Username, UserStatus, Enabled }: UserType, pool: PoolNumber) {
  const email = Attributes.find(({ Name }) => Name === "email")?.Value;
  return {
    email: email ?? Username ?? "unknown",
    status: UserStatus ?? "UNKNOWN",
    enabled: Enabled ?? false,
    pool,
  };
}

/** Users in so many columns. They can choose their addresses when they sign up by themselves. */
export function renderUsers(users: readonly ListedUser[], columns: number): readonly string[] {
  return wrapRows(
    users.map(({ email, status, enabled, pool }) => [
      escapeForTerminal(email),
      enabled ? status : `${status}, disabled`,
      `pool ${pool}`,
    ]),
    columns,
  );
}
