/** Logs one structured line for each request. */
import { describeError, stackOf } from "@secure-lambda/core/describe-error";
import type { Context, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { honoPath, routeRows } from "../../contract/index.ts";
import type { AppEnv } from "../app-env.ts";

/** A request's outcome. It never holds the name, an address, a token or a path that is not a route. */
export type RequestLogEntry = Readonly<ReturnType<typeof outcomeOf>>;

/** Where outcomes go: `console` is one, which Lambda's JSON log format turns into a line. */
export type RequestLog = Record<"info" | "error", (entry: RequestLogEntry) => void>;

/** Logs each request after its response: as an error, with its stack, when the status is 5xx. */
export function logRequests(log: RequestLog): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next();
    log[c.res.status >= 500 ? "error" : "info"](outcomeOf(c));
  };
}

function outcomeOf(c: Context<AppEnv>) {
  const { status } = c.res;
  const matched = routePath(c, -1);
  const route = routeRows.find(({ path }) => honoPath(path) === matched)?.path ?? "(none)";
  return {
    message: `${c.req.method} ${route} ${status}`,
    correlationId: c.env.correlationId,
    route,
    status,
    subject: c.get("subject"),
    messageId: c.get("messageId"),
    error: c.error && describeError(c.error),
    stack: c.error && status >= 500 ? stackOf(c.error) : undefined,
  };
}
