/** Priming runs the real code, and leaves nothing behind. */
import type { MessagePublisher } from "@secure-lambda/core";
import { afterEach, expect, test, vi } from "vitest";
import { KeysUnavailableError, TokenRefusedError } from "../../functions/src/auth/errors.ts";
import { createTokenVerifiers, type VerifyToken } from "../../functions/src/auth/verify-token.ts";
import { createSyntheticToken } from "../src/priming/synthetic-token.ts";
import { primeApp } from "../src/priming/prime-app.ts";
import { describeError } from "../../functions/src/logging/describe-error.ts";
import { routeAuth } from "../../../tests/functions/set-up-app.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const verifiers = createTokenVerifiers(routeAuth, {
  fetch: async () => {
    throw new Error("Priming may not fetch keys.");
  },
});

/** Primes with these verifiers, watched; what they threw and what would have been published. */
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
  const publisher: MessagePublisher = {
    async publish(_topic, { name }) {
      names.push(name);
      return { messageId: "synthetic" };
    },
  };
  await primeApp({
    config: { topicSecretId: "a", secretTtlSeconds: 300, routeAuth, corsOrigin: undefined },
    publisher,
    adapters: {
      verifiers: {
        "/lambda1": watched(checks["/lambda1"]),
        "/lambda2": watched(checks["/lambda2"]),
      },
    },
  });
  return { outcomes, names };
}

test("each route is run from the event to the publisher", async () => {
  expect((await prime()).names).toEqual(["Nobody", "Nobody"]);
});

test("each route's verifier checks the synthetic token's signature, and refuses it", async () => {
  expect((await prime()).outcomes).toEqual([
    "JwtInvalidSignatureError",
    "JwtInvalidSignatureError",
  ]);
});

test.each([
  ["accepts the synthetic token", async () => ({ subject: "a-caller" }), "SyntheticTokenAccepted"],
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
  "a verifier that %s ends priming, and that route sends no greeting",
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
    const token = createSyntheticToken(routeAuth[path]);
    await expect(verifiers[path](token)).rejects.toBeInstanceOf(TokenRefusedError);
  }
});
