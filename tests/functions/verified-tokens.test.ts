/** What a route remembers of the tokens that it has verified, and what it must never let through. */
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TokenRefusedError } from "../../packages/functions/src/auth/errors.ts";
import { makeVerifiedTokens } from "../../packages/functions/src/auth/verified-tokens.ts";
import { makeTokenVerifiers } from "../../packages/functions/src/auth/verify-token.ts";
import { pool1, pool2 } from "./pools.ts";
import { routeAuth } from "./set-up-app.ts";

const caller = { subject: "subject-1" };
const hour = 3_600;

/** A memory whose clock stands at 0 until it is moved. */
function setUpMemory() {
  let now = 0;
  const memory = makeVerifiedTokens(() => now);
  return {
    memory,
    moveTo: (seconds: number) => {
      now = seconds * 1_000;
    },
  };
}

describe("the memory", () => {
  test.each([
    ["before it expires", hour, 299, caller],
    ["5 minutes after it was verified", hour, 300, undefined],
    ["a moment before it expires", 60, 59.999, caller],
    ["when it expires", 60, 60, undefined],
    ["long after it expired", 60, 10 * hour, undefined],
  ])("asked for a token %s", (_, expiresAt, seconds, found) => {
    const { memory, moveTo } = setUpMemory();
    memory.keep("token", caller, expiresAt);
    moveTo(seconds);
    expect(memory.find("token")).toEqual(found);
  });

  test.each(["Token", "token ", "toke", "token.", ""])("does not take %j for token", (other) => {
    const { memory } = setUpMemory();
    memory.keep("token", caller, hour);
    expect(memory.find(other)).toBeUndefined();
  });

  test("keeps the last 256 tokens and forgets the oldest", () => {
    const { memory } = setUpMemory();
    for (let number = 0; number < 257; number += 1) memory.keep(`${number}`, caller, hour);
    expect(memory.find("0")).toBeUndefined();
    expect(memory.find("1")).toEqual(caller);
    expect(memory.find("256")).toEqual(caller);
  });
});

const noKeysToFetch = {
  fetch: async () => {
    throw new Error("No key is unknown here.");
  },
};

/** Both routes' checks, with a clock for what they remember. */
function setUpRoutes(now?: () => number) {
  const verifiers = makeTokenVerifiers(routeAuth, noKeysToFetch, now);
  return { verify: verifiers["/lambda1"], verify2: verifiers["/lambda2"] };
}

describe("a route", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("refuses a token that has expired since it was accepted", async () => {
    const { verify } = setUpRoutes();
    const token = pool1.token();
    expect(await verify(token)).toEqual(caller);
    vi.setSystemTime(Date.now() + hour * 1_000);
    await expect(verify(token)).rejects.toThrow(TokenRefusedError);
  });

  test("refuses what the other route has accepted", async () => {
    const { verify, verify2 } = setUpRoutes();
    await verify(pool1.token());
    await verify2(pool2.token());
    await expect(verify2(pool1.token())).rejects.toThrow(TokenRefusedError);
    await expect(verify(pool2.token())).rejects.toThrow(TokenRefusedError);
  });

  test("refuses an accepted token with one character changed, wherever it stands", async () => {
    const { verify } = setUpRoutes();
    const token = pool1.token();
    await verify(token);
    const places = Array.from({ length: 40 }, (_, n) => Math.floor((n * (token.length - 2)) / 40));
    for (const place of places) {
      const other = token[place] === "A" ? "B" : "A";
      await expect(verify(token.slice(0, place) + other + token.slice(place + 1))).rejects.toThrow(
        TokenRefusedError,
      );
    }
    expect(await verify(token)).toEqual(caller);
  });

  test("refuses again what it has refused", async () => {
    const { verify } = setUpRoutes();
    const forged = pool1.token({ signer: pool2.sign });
    await expect(verify(forged)).rejects.toThrow(TokenRefusedError);
    await expect(verify(forged)).rejects.toThrow(TokenRefusedError);
  });

  test("does not verify a token twice", async () => {
    const now = Date.now();
    const { verify } = setUpRoutes(() => now);
    const token = pool1.token();
    await verify(token);
    // The verifier would refuse it from now on; the clock of what is remembered stands still.
    vi.setSystemTime(now + hour * 1_000);
    expect(await verify(token)).toEqual(caller);
  });
});

test("nothing that the memory holds is the token", () => {
  const kept: unknown[] = [];
  const set = vi.spyOn(Map.prototype, "set").mockImplementation(function (this: unknown, ...entry) {
    kept.push(entry);
    return new Map();
  });
  makeVerifiedTokens(() => 0).keep("the.whole.token", caller, hour);
  set.mockRestore();
  expect(kept).toHaveLength(1);
  expect(inspect(kept, { depth: null })).not.toContain("whole");
});
