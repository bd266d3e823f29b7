/** The HTTP side of the external function. It is pure: all that it needs is passed to it. */
import type { ForwardedGreeting, Greeter } from "@secure-lambda/core";
import { Hono, type Context } from "hono";
import type { ExtractSchema } from "hono/types";
import type { VerifyToken } from "../auth/verify-token.ts";
import { honoPath, problems, routeRows, routes } from "../contract/index.ts";
import type {
  GreetRequestBody,
  GreetResponseBody,
  HonoPath,
  Route,
  UserPool,
} from "../contract/index.ts";
import type { AppEnv } from "./app-env.ts";
import { logRequests, type RequestLog } from "./middleware/log-requests.ts";
import { requireToken, type VerifiedCaller } from "./middleware/require-token.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { validateInput, type Validated } from "./middleware/validate-input.ts";
import { onError, problemResponse } from "./problems.ts";

/** What the app needs: who may call a route, what it does, and a log. */
export interface AppDeps {
  readonly verifyTokenOf: (userPool: UserPool) => VerifyToken;
  readonly greetAs: (name: string) => Greeter<ForwardedGreeting>;
  readonly log: RequestLog;
  /** The one web origin whose pages may read responses. */
  readonly corsOrigin?: string | undefined;
}

/** Creates the app. Each request is checked in the order that stands here; the first failure responds. */
export function createApp({ verifyTokenOf, greetAs, log, corsOrigin }: AppDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(logRequests(log), securityHeaders(corsOrigin));
  app.notFound((c) => problemResponse(c, problems.notFound));
  app.onError(onError);
  // An event that is no request fails here, behind the log and the security headers.
  app.on("EVENT", "/", ({ env }) => Promise.reject(env.failure));

  /** What the row of a route asks for before its handler runs. */
  const checks = <const R extends Route>({ userPool, request }: R) =>
    [
      requireToken<R["userPool"]>(userPool, verifyTokenOf),
      validateInput<R["request"]>(request),
    ] as const;
  const served = app
    .post("/lambda1", ...checks(routes.lambda1), (c) => greet(c, greetAs(routes.lambda1.name)))
    .post("/lambda2", ...checks(routes.lambda2), (c) => greet(c, greetAs(routes.lambda2.name)));

  for (const { path } of routeRows) {
    const allowed = routeRows.flatMap((other) => (other.path === path ? other.method : []));
    const problem = { ...problems.methodNotAllowed, headers: { Allow: allowed.join(", ") } };
    app.all(honoPath(path), (c) => problemResponse(c, problem));
  }
  return app satisfies WithEveryRoute<typeof served>;
}

/** A request that `checks` let through: without the token or the body it does not compile. */
export type CheckedContext = Context<
  AppEnv,
  string,
  { out: VerifiedCaller["out"] & { json: GreetRequestBody } }
>;

/** The app, if it has each route of the contract behind its checks, and no other; else never. */
export type WithEveryRoute<A, R extends Route = Route> = [Served<A>, Asked<R>] extends [
  Asked<R>,
  Served<A>,
]
  ? Hono<AppEnv>
  : never;

type Served<A, S = ExtractSchema<A>> = {
  [P in keyof S]: { [M in keyof S[P]]: Pick<S[P][M], keyof S[P][M] & "input"> };
};
type Asked<R extends Route> = {
  [P in R as HonoPath<P["path"]>]: {
    [M in Extract<R, { path: P["path"] }> as `$${Lowercase<M["method"]>}`]: {
      input: VerifiedCaller<M["userPool"]>["in"] & Validated<M["request"]>["in"];
    };
  };
};

async function greet(c: CheckedContext, greeter: Greeter<ForwardedGreeting>) {
  const { name } = c.req.valid("json");
  const { message, messageId } = await greeter.greet({ name, correlationId: c.env.correlationId });
  c.set("messageId", messageId);
  return c.json<GreetResponseBody>({ message, messageId });
}
