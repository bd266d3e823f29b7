/** What must not compile: a route without its checks, and an app without a route of the contract. */
import { greetRequest, routes } from "@secure-lambda/functions/contract";
import { Hono, type Context } from "hono";
import { expectTypeOf, test } from "vitest";
import type { AppEnv } from "../../packages/functions/src/http/app-env.ts";
import type {
  AppDeps,
  CheckedContext,
  WithEveryRoute,
} from "../../packages/functions/src/http/app.ts";
import {
  requireToken,
  type VerifiedCaller,
} from "../../packages/functions/src/http/middleware/require-token.ts";
import { validateInput } from "../../packages/functions/src/http/middleware/validate-input.ts";

const verifyTokenOf = () => async () => ({ subject: "subject-1" });
const { lambda1, lambda2 } = routes;
const token1 = requireToken(lambda1.userPool, verifyTokenOf);
const token2 = requireToken(lambda2.userPool, verifyTokenOf);
const body = validateInput({ json: greetRequest });
const greet = (c: CheckedContext) => c.text(c.req.valid("json").name);
const app = new Hono<AppEnv>();

test("an app has both a token check and a greeter", () => {
  expectTypeOf<Omit<AppDeps, "verifyTokenOf">>().not.toExtend<AppDeps>();
  expectTypeOf<Omit<AppDeps, "greetAs">>().not.toExtend<AppDeps>();
});

test("a route greets only behind a token check and a validated body", () => {
  app.post("/lambda1", token1, body, (c) => greet(c));
  // @ts-expect-error: nothing checks the token.
  app.post("/lambda1", body, (c) => greet(c));
  // @ts-expect-error: nothing validates the body.
  app.post("/lambda1", token1, (c) => greet(c));
  expectTypeOf<Context<AppEnv, "/lambda1", VerifiedCaller>>().not.toExtend<CheckedContext>();
});

/** A contract of two routes, and an app with the first, to which each test adds one. */
type Two = typeof lambda1 | typeof lambda2;
const first = new Hono<AppEnv>().post("/lambda1", token1, body, (c) => greet(c));

test("an app has every route of the contract and no other", () => {
  const both = first.post("/lambda2", token2, body, (c) => greet(c));
  const more = both.post("/lambda0", token1, body, (c) => greet(c));
  expectTypeOf<WithEveryRoute<typeof both, Two>>().toEqualTypeOf<Hono<AppEnv>>();
  expectTypeOf<WithEveryRoute<typeof first, Two>>().toBeNever();
  expectTypeOf<WithEveryRoute<typeof more, Two>>().toBeNever();
});

test("an app has the routes by the contract's methods, behind the checks of their own rows", () => {
  const otherMethod = first.put("/lambda2", token2, body, (c) => greet(c));
  const secondMethod = first
    .post("/lambda2", token2, body, (c) => greet(c))
    .put("/lambda2", token2, body, (c) => greet(c));
  const noToken = first.post("/lambda2", body, (c) => c.text(c.req.valid("json").name));
  const otherPool = first.post("/lambda2", token1, body, (c) => greet(c));
  const noBody = first.post("/lambda2", token2, (c) => c.text(""));
  expectTypeOf<WithEveryRoute<typeof otherMethod, Two>>().toBeNever();
  expectTypeOf<WithEveryRoute<typeof secondMethod, Two>>().toBeNever();
  expectTypeOf<WithEveryRoute<typeof noToken, Two>>().toBeNever();
  expectTypeOf<WithEveryRoute<typeof otherPool, Two>>().toBeNever();
  expectTypeOf<WithEveryRoute<typeof noBody, Two>>().toBeNever();
});
