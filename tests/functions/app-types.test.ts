/** What must not compile: a route without a token check, and an app without a route of the contract. */
import type { RoutePath } from "@secure-lambda/functions/contract";
import { Hono, type Context } from "hono";
import { expectTypeOf, test } from "vitest";
import type { AppEnv } from "../../packages/functions/src/http/app-env.ts";
import type {
  AppDeps,
  CheckedContext,
  RouteDeps,
  WithEveryRoute,
} from "../../packages/functions/src/http/app.ts";
import {
  requireToken,
  type VerifiedCaller,
} from "../../packages/functions/src/http/middleware/require-token.ts";
import { validateBody } from "../../packages/functions/src/http/middleware/validate-body.ts";

const check = requireToken(async () => ({ subject: "subject-1" }));
const greet = (c: CheckedContext) => c.text(c.req.valid("json").name);
const app = new Hono<AppEnv>();

test("a route has both a token check and a greeter", () => {
  expectTypeOf<Omit<RouteDeps, "verifyToken">>().not.toExtend<RouteDeps>();
  expectTypeOf<Omit<RouteDeps, "greeter">>().not.toExtend<RouteDeps>();
  expectTypeOf<
    Omit<RouteDeps, "verifyToken"> & { verifyToken: undefined }
  >().not.toExtend<RouteDeps>();
});

test("every route of the contract stands in the app's table", () => {
  expectTypeOf<keyof AppDeps["routes"]>().toEqualTypeOf<RoutePath>();
  expectTypeOf<Pick<AppDeps["routes"], "/lambda1">>().not.toExtend<AppDeps["routes"]>();
});

test("a route greets only behind a token check and a validated body", () => {
  app.post("/lambda1", check, validateBody(), (c) => greet(c));
  // @ts-expect-error: nothing checks the token.
  app.post("/lambda1", validateBody(), (c) => greet(c));
  // @ts-expect-error: nothing validates the body.
  app.post("/lambda1", check, (c) => greet(c));
  expectTypeOf<Context<AppEnv, "/lambda1", VerifiedCaller>>().not.toExtend<CheckedContext>();
});

test("an app has every route of the contract and no other", () => {
  const first = app.post("/lambda1", (c) => c.text(""));
  const second = app.post("/lambda2", (c) => c.text(""));
  const third = app.post("/lambda3", (c) => c.text(""));
  expectTypeOf<WithEveryRoute<[typeof first, typeof second]>>().toEqualTypeOf<typeof app>();
  expectTypeOf<WithEveryRoute<[typeof first]>>().toBeNever();
  expectTypeOf<WithEveryRoute<[typeof first, typeof second, typeof third]>>().toBeNever();
});
