/** How many users a pool keeps. */
import { expect, it } from "vitest";
import { createPools } from "../../../src/services/cognito/pools.ts";
import {
  addUser,
  newIdentity,
  passwordOf,
  removeUser,
} from "../../../src/services/cognito/users.ts";
import { environment } from "../../support/test-cloud.ts";

const refused = expect.objectContaining({ code: "LimitExceededException" });

/** An empty pool, and how users are added to it. */
async function createPool() {
  const pool = await createPools({ ...environment, now: () => 0 }).create({ name: "users" });
  const password = passwordOf(pool, { username: "first" }, "Correct-Horse-1");
  const add = (name: string, text = "") => {
    const attributes = new Map([["nickname", text]]);
    const user = {
      ...newIdentity(pool, name),
      name,
      attributes,
      password,
      status: "CONFIRMED",
      temporaryUntil: undefined,
    } as const;
    return addUser(pool, user, 0);
  };
  return { pool, add };
}

it("keeps 10,000 users, which unsigned callers may add", async () => {
  const { pool, add } = await createPool();
  const first = add("first");
  for (let at = 1; at < 10_000; at += 1) pool.users.set(`user ${at}`, { ...first, sub: `${at}` });
  expect(() => add("one more")).toThrow(refused);
  removeUser(pool, first);
  expect(add("one more").username).toBe("one more");
});

it("keeps as many as there is memory for their attributes", async () => {
  const { pool, add } = await createPool();
  const large = "x".repeat(16 * 1024 * 1024 - 100);
  const user = add("large", large);
  expect(() => add("small", "x".repeat(100))).toThrow(refused);
  removeUser(pool, user);
  add("small", "x".repeat(100));
});
