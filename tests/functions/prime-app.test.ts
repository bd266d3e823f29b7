/** Priming runs the real code, and leaves nothing behind. */
import type { MessagePublisher } from "@secure-lambda/core";
import { afterEach, expect, test, vi } from "vitest";
import {
  KeysUnavailableError,
  TokenRefusedError,
} from "../../packages/functions/src/auth/errors.ts";
import {
  makeTokenVerifiers,
  type VerifyToken,
} from "../../packages/functions/src/auth/verify-token.ts";
import { inventToken } from "../../packages/functions/src/init/invented-token.ts";
import { primeApp } from "../../packages/functions/src/init/prime-app.ts";
import { describeError } from "../../packages/functions/src/logging/describe-error.ts";
import { routeAuth } from "./set-up-app.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const verifiers = makeTokenVerifiers(routeAuth, {
  fetch: async () => {
    throw new Error("Priming may not fetch keys.");
  },
});

/** Primes with these checks, watched; what they said and what would have been published. */
async function prime(checks = verifiers, names: string[] = []) {
  const outcomes: string[] = [];
  const watched =
    (verify: VerifyToken): VerifyToken =>
    async (authorization) => {
      try {
        return await verify(authorization);
      } catch (error) {
        const cause = error instanceof TokenRefusedError ? describeError(error).cause : undefined;
        outcomes.push(cause?.type ?? String(error));
        throw error;
      }
    };
  const pretendPublisher: MessagePublisher = {
    async publish(_topic, { name }) {
      names.push(name);
      return { messageId: "invented" };
    },
  };
  await primeApp({
    routeAuth,
    pretendPublisher,
    verifiers: {
      "/lambda1": watched(checks["/lambda1"]),
      "/lambda2": watched(checks["/lambda2"]),
    },
  });
  return { outcomes, names };
}

test("each route is run from the event to the publisher", async () => {
  expect((await prime()).names).toEqual(["Nobody", "Nobody"]);
});

test("each route's check looks at the invented token's signature, and refuses it", async () => {
  expect((await prime()).outcomes).toEqual([
    "JwtInvalidSignatureError",
    "JwtInvalidSignatureError",
  ]);
});

test.each([
  ["accepts the invented token", async () => ({ subject: "somebody" }), "InventedTokenAccepted"],
  [
    "cannot tell",
    async () => {
      throw new KeysUnavailableError("No keys.");
    },
    "KeysUnavailable",
  ],
  [
    "is broken",
    async () => {
      throw new TypeError("Broken.");
    },
    "Type",
  ],
] satisfies [string, VerifyToken, string][])(
  "a check that %s ends the priming, and nobody is greeted by that route",
  async (_, check, error) => {
    const names: string[] = [];
    const primed = prime({ ...verifiers, "/lambda2": check }, names);
    await expect(primed).rejects.toMatchObject({ name: `${error}Error` });
    expect(names).toEqual(["Nobody"]);
  },
);

test("nothing is logged", async () => {
  const logs = (["debug", "info", "log", "warn", "error"] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation(() => {}),
  );
  await prime();
  expect(logs.flatMap((log) => log.mock.calls)).toEqual([]);
});

test("what priming used is refused by the real routes afterwards", async () => {
  await prime();
  for (const path of ["/lambda1", "/lambda2"] as const) {
    const token = inventToken(routeAuth[path]);
    await expect(verifiers[path](token)).rejects.toBeInstanceOf(TokenRefusedError);
  }
});
