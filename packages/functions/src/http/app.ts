/** The HTTP side of the external function. It is pure: all that it needs is passed to it. */
import type { ForwardedGreeting, Greeter } from "@secure-lambda/core";
import { Hono, type Context } from "hono";
import type { ExtractSchema } from "hono/types";
import type { VerifyToken } from "../auth/verify-token.ts";
import { problems, routes } from "../contract/index.ts";
import type { GreetRequestBody, GreetResponseBody, RoutePath } from "../contract/index.ts";
import type { AppEnv } from "./app-env.ts";
import { limitBody, requireJson } from "./middleware/body.ts";
import { logRequests, type RequestLog } from "./middleware/log-requests.ts";
import { requireToken, type VerifiedCaller } from "./middleware/require-token.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { validateBody } from "./middleware/validate-body.ts";
import { onError, problemResponse } from "./problems.ts";

/** The dependencies of a route: who may call it, and what it does. */
export interface RouteDeps {
  readonly verifyToken: VerifyToken;
  readonly greeter: Greeter<ForwardedGreeting>;
}

/** What the app needs: something behind each route of the contract, and a log. */
export interface AppDeps {
  readonly routes: Readonly<Record<RoutePath, RouteDeps>>;
  readonly log: RequestLog;
  /** The one web origin whose pages may read responses. */
  readonly corsOrigin?: string | undefined;
}

const checkBody = [requireJson(), limitBody(), validateBody()] as const;

/** Creates the app. Each request is checked in the order that stands here; the first failure responds. */
export function createApp({ routes: behind, log, corsOrigin }: AppDeps): Hono<AppEnv> {
  const { "/lambda1": lambda1, "/lambda2": lambda2 } = behind;
  const app = new Hono<AppEnv>();
  app.use(logRequests(log), securityHeaders(corsOrigin));
  app.notFound((c) => problemResponse(c, problems.notFound));
  app.onError(onError);
  // An event that is no request fails here, behind the log and the security headers.
  app.on("EVENT", "/", ({ env }) => Promise.reject(env.failure));

  const first = app.post("/lambda1", requireToken(lambda1.verifyToken), ...checkBody, (c) =>
    greet(c, lambda1.greeter),
  );
  const second = app.post("/lambda2", requireToken(lambda2.verifyToken), ...checkBody, (c) =>
    greet(c, lambda2.greeter),
  );
  for (const { path } of routes) {
    app.all(path, (c) => problemResponse(c, problems.methodNotAllowed));
  }
  return app satisfies WithEveryRoute<[typeof first, typeof second]>;
}

/** A request that `requireToken` and `validateBody` let through: without either it does not compile. */
export type CheckedContext = Context<
  AppEnv,
  string,
  { out: VerifiedCaller["out"] & { json: GreetRequestBody } }
>;

/** The app, if these are the contract's routes and no other; else nothing is assignable to it. */
export type WithEveryRoute<Routed extends readonly unknown[]> = [
  RoutePath,
  PathOf<Routed[number]>,
] extends [PathOf<Routed[number]>, RoutePath]
  ? Hono<AppEnv>
  : never;

type PathOf<A> = A extends unknown ? keyof ExtractSchema<A> : never;

async function greet(c: CheckedContext, greeter: Greeter<ForwardedGreeting>) {
  const { name } = c.req.valid("json");
  const { message, messageId } = await greeter.greet({ name, correlationId: c.env.correlationId });
  c.set("messageId", messageId);
  return c.json<GreetResponseBody>({ message, messageId });
}
