/**
 * A client with PreventUserExistenceErrors learns from the SRP flow no more of a user than of nobody.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 * Source: https://github.com/ministackorg/ministack/pull/1758
 */
import { randomUUID } from "node:crypto";
import {
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";
import * as srp from "./srp-proof.ts";
import { userStates } from "./user-states.ts";

type Pool = Awaited<ReturnType<typeof fixtures.createPool>>;
let aws: StartedCloud;
const pools: Record<string, Pool> = {};
const explicitAuthFlows = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"];
beforeAll(async () => {
  aws = await startTestCloud();
  pools["addresses"] = await fixtures.createPool(aws, {}, { explicitAuthFlows });
  pools["usernames"] = await fixtures.createPool(
    aws,
    { usernameAttributes: [] },
    { explicitAuthFlows },
  );
});
afterAll(() => aws.stop());

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** What a caller sees of a name; what is random, by its form. */
async function seen(pool: Pool, name: string) {
  const { members, parameters, proof } = await srp.guess(aws, pool, name);
  const { SALT, SRP_B, SECRET_BLOCK, ...names } = parameters;
  expect(SALT).toMatch(/^[\da-f]{25,32}$/);
  expect(SRP_B).toMatch(/^[\da-f]{700,768}$/);
  const error: unknown = await srp.prove(aws, pool, proof).catch((reason: unknown) => reason);
  return {
    members,
    length: present(SECRET_BLOCK).length,
    names,
    salt: SALT,
    error: String(error),
  };
}

describe.each(["addresses", "usernames"])("in a pool of %s", (kind) => {
  it.each(Object.keys(userStates))("a user who is %s looks like nobody", async (state) => {
    const pool = present(pools[kind]);
    const name = `U-${state.replaceAll(/\W+/g, "-")}@Example.com`;
    await present(userStates[state])(aws, pool, name);
    const there = [await seen(pool, name), await seen(pool, name.toLowerCase())];
    await aws.clients.cognito.send(
      new AdminDeleteUserCommand({ UserPoolId: pool.poolId, Username: name }),
    );
    const gone = [await seen(pool, name), await seen(pool, name.toLowerCase())];
    // Documented: the user id of nobody is another than that of a user, in the same form.
    const form = ({ names, salt, ...rest }: Awaited<ReturnType<typeof seen>>) =>
      kind === "addresses"
        ? { ...rest, names: Object.values(names).map((value) => uuid.test(value)) }
        : { ...rest, names, salt };
    expect(gone.map(form)).toEqual(there.map(form));
    expect(new Set([...there, ...gone].map(({ error }) => error))).toEqual(
      new Set(["NotAuthorizedException: Incorrect username or password."]),
    );
  });

  it("a user who is named by sub looks like nobody of that name", async () => {
    const pool = present(pools[kind]);
    const { sub } = await fixtures.createUser(aws, pool.poolId, "named@example.com");
    const there = await seen(pool, sub);
    await aws.clients.cognito.send(
      new AdminDeleteUserCommand({ UserPoolId: pool.poolId, Username: "named@example.com" }),
    );
    expect(await seen(pool, sub)).toEqual(there);
    expect(there.names).toEqual({ USERNAME: sub, USER_ID_FOR_SRP: sub });
  });

  it("a name has the same salt and user id each time, whatever its password", async () => {
    const pool = present(pools[kind]);
    const name = "stable@example.com";
    expect(await seen(pool, name)).toEqual(await seen(pool, name));
    await fixtures.createUser(aws, pool.poolId, name);
    const before = await seen(pool, name);
    await changePassword(pool, name);
    expect(await seen(pool, name)).toEqual(before);
    const other = await seen(pool, "another@example.com");
    expect(other.salt).not.toBe(before.salt);
  });

  it("wrong proofs lock a user and nobody out alike, and their passwords too", async () => {
    const pool = present(pools[kind]);
    await fixtures.createUser(aws, pool.poolId, "locked@example.com");
    const told = async (name: string) => {
      const errors: string[] = [];
      for (let at = 1; at <= 6; at += 1) errors.push((await seen(pool, name)).error);
      const input = { USERNAME: name, PASSWORD: fixtures.password };
      const signIn = fixtures.initiate(aws, pool.clientId, input);
      const error: unknown = await signIn.catch((reason: unknown) => reason);
      return [...errors, String(error)];
    };
    const ofUser = await told("locked@example.com");
    expect(ofUser).toEqual(await told("locked-nobody@example.com"));
    expect(ofUser.slice(5)).toEqual(
      Array.from({ length: 2 }, () => "NotAuthorizedException: Password attempts exceeded"),
    );
  });
});

async function changePassword(pool: Pool, Username: string): Promise<void> {
  await aws.clients.cognito.send(
    new AdminSetUserPasswordCommand({
      UserPoolId: pool.poolId,
      Username,
      Password: "Fresh-Horse-2",
      Permanent: true,
    }),
  );
}

it("a client with legacy errors is told that there is nobody", async () => {
  const pool = await fixtures.createPool(
    aws,
    { usernameAttributes: [] },
    { explicitAuthFlows, preventUserExistenceErrors: "LEGACY" },
  );
  const { sub } = await fixtures.createUser(aws, pool.poolId, "legacy@example.com");
  for (const name of ["nobody@example.com", randomUUID(), sub]) {
    await expect(srp.guess(aws, pool, name)).rejects.toMatchObject({
      name: "UserNotFoundException",
    });
  }
});
