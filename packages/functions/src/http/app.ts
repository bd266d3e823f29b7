/** The HTTP side of the external function. It is pure: all that it needs is handed to it. */
import type { ForwardedGreeting, Greeter } from "@secure-lambda/core";
import { routes } from "../contract/index.ts";
import type { GreetResponseBody, RoutePath } from "../contract/index.ts";
import { Hono } from "hono";
import { requireToken } from "./middleware/require-token.ts";
import type { VerifyToken } from "../auth/verify-token.ts";
import { logRequests } from "./middleware/log-requests.ts";
import type { RequestLog } from "./middleware/log-requests.ts";
import type { AppEnv } from "./app-env.ts";
import { limitBody, requireJson } from "./middleware/body-rules.ts";
import { correlate } from "./middleware/correlation-id.ts";
import { answerError } from "./problems/on-error.ts";
import { problemResponse } from "./problems/problem-response.ts";
import { problems } from "../contract/problems.ts";
import { secureAnswers } from "./middleware/security-headers.ts";
import { validateBody } from "./middleware/validate-body.ts";

/** What stands behind a route: who may call it, and what it does. Neither can be left out. */
export interface RouteDeps {
  readonly verifyToken: VerifyToken;
  readonly greeter: Greeter<ForwardedGreeting>;
}

/** What the app needs: something behind each route of the contract, and a log. */
export interface AppDeps {
  readonly routes: Readonly<Record<RoutePath, RouteDeps>>;
  readonly log: RequestLog;
  /** The one web origin whose pages may read answers. */
  readonly corsOrigin?: string | undefined;
}

/**
 * Makes the app. The contract's table says which routes there are. A request is held against the
 * rules in the order that stands here, and the first that it breaks answers it.
 */
export function createApp(deps: AppDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(correlate, logRequests(deps.log), secureAnswers(deps.corsOrigin));
  for (const { path } of routes) {
    const { verifyToken, greeter } = deps.routes[path];
    app.post(path, requireToken(verifyToken), requireJson, limitBody, validateBody, async (c) => {
      const { name } = c.req.valid("json");
      const correlationId = c.get("correlationId");
      const { message, messageId } = await greeter.greet({ name, correlationId });
      c.set("messageId", messageId);
      return c.json<GreetResponseBody>({ message, messageId });
    });
    app.all(path, (c) => problemResponse(c, problems.methodNotAllowed));
  }
  app.notFound((c) => problemResponse(c, problems.notFound));
  app.onError(answerError);
  return app;
}
