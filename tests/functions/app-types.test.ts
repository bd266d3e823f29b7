/** What must not compile: a route that nobody guards. */
import type { RoutePath } from "@secure-lambda/functions/contract";
import { expectTypeOf, test } from "vitest";
import type { AppDeps, RouteDeps } from "../../packages/functions/src/http/app.ts";

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
