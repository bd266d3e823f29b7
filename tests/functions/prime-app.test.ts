/** Priming runs the real code, and leaves nothing behind. */
import type { MessagePublisher } from "@secure-lambda/core";
import { afterEach, expect, test, vi } from "vitest";
import { TokenRefusedError } from "../../packages/functions/src/auth/errors.ts";
import {
  makeTokenVerifiers,
  type VerifyToken,
} from "../../packages/functions/src/auth/verify-token.ts";
import { inventToken } from "../../packages/functions/src/init/invented-token.ts";
import { primeApp } from "../../packages/functions/src/init/prime-app.ts";
import { describeError } from "../../packages/functions/src/observability/describe-error.ts";
import { routeAuth } from "./set-up-app.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const verifiers = makeTokenVerifiers(routeAuth, {
  fetch: async () => {
    throw new Error("Priming may not fetch keys.");
  },
});

/** Primes with checks that are watched; what they said and what would have been published. */
async function prime() {
  const outcomes: string[] = [];
  const watched = (verify: VerifyToken): VerifyToken => {
    return (authorization) =>
      verify(authorization).then(
        () => {
          throw new Error("Priming was let in.");
        },
        (error: unknown) => {
          const cause = error instanceof TokenRefusedError ? describeError(error).cause : undefined;
          outcomes.push(cause?.type ?? String(error));
          throw error;
        },
      );
  };
  const names: string[] = [];
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
      "/lambda1": watched(verifiers["/lambda1"]),
      "/lambda2": watched(verifiers["/lambda2"]),
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
