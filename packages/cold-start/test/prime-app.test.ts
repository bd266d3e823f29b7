/** Priming runs the real code, and leaves nothing behind. */
import type { MessagePublisher } from "@secure-lambda/core";
import {
  greetRequest,
  routeRows,
  type RouteRow,
  type UserPool,
} from "@secure-lambda/functions/contract";
import { afterEach, expect, test, vi } from "vitest";
import { KeysUnavailableError, TokenRefusedError } from "../../functions/src/auth/errors.ts";
import { createTokenVerifiers, type VerifyToken } from "../../functions/src/auth/verify-token.ts";
import { createSyntheticToken } from "../src/priming/synthetic-token.ts";
import { primeApp } from "../src/priming/prime-app.ts";
import { describeError } from "@secure-lambda/core/describe-error";
import { config } from "../../../tests/functions/set-up-app.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const verifyTokenOf = createTokenVerifiers(config.userPools, {
  fetch: async () => {
    throw new Error("Priming may not fetch keys.");
  },
});

/** Primes with these verifiers, watched; what they threw and what would have been published. */
async function prime(checks = verifyTokenOf, names: string[] = []) {
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
    config,
    publisher,
    adapters: { verifyTokenOf: (userPool) => watched(checks(userPool)) },
  });
  return { outcomes, names };
}

/** The names that greeting routes publish, in the order of their rows. */
const namesOf = (some: readonly RouteRow[]) =>
  some.filter(({ request }) => request.json === greetRequest).map(() => greetRequest.example.name);

test("each route is run from the event to the publisher", async () => {
  expect((await prime()).names).toEqual(namesOf(routeRows));
});

test("each route's verifier checks the synthetic token's signature, and refuses it", async () => {
  expect((await prime()).outcomes).toEqual(routeRows.map(() => "JwtInvalidSignatureError"));
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
  "a verifier that %s ends priming, and its first route sends no greeting",
  async (_, check, error) => {
    const names: string[] = [];
    const broken = (userPool: UserPool) => (userPool === 2 ? check : verifyTokenOf(userPool));
    const primed = prime(broken, names);
    await expect(primed).rejects.toMatchObject({ name: `${error}Error` });
    const first = routeRows.findIndex(({ userPool }) => userPool === 2);
    expect(names).toEqual(namesOf(routeRows.slice(0, first)));
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
  for (const { userPool } of routeRows) {
    const token = createSyntheticToken(config.userPools[userPool]);
    await expect(verifyTokenOf(userPool)(token)).rejects.toBeInstanceOf(TokenRefusedError);
  }
});
