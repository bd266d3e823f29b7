/** Logs one structured line for each request. */
import { routes } from "../../contract/index.ts";
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { describeError, stackOf, type ErrorDescription } from "../../logging/describe-error.ts";

/** A request's outcome. It never holds the name, an address, a token or a path that is not a route. */
export interface RequestLogEntry {
  readonly message: string;
  readonly correlationId: string;
  readonly route: string;
  readonly status: number;
  readonly subject: string | undefined;
  readonly messageId: string | undefined;
  readonly error: ErrorDescription | undefined;
  readonly stack: readonly string[] | undefined;
}

/** Where outcomes go: `console` is one, which Lambda's JSON log format turns into a line. */
export type RequestLog = Record<"info" | "error", (entry: RequestLogEntry) => void>;

/** Logs each request after its response: as an error, with its stack, when the status is 5xx. */
export function logRequests(log: RequestLog): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next();
    const { status } = c.res;
    const isServerError = status >= 500;
    const route = routes.find(({ path }) => path === c.req.path)?.path ?? "(none)";
    log[isServerError ? "error" : "info"]({
      message: `${c.req.method} ${route} ${status}`,
      correlationId: c.get("correlationId"),
      route,
      status,
      subject: c.get("subject"),
      messageId: c.get("messageId"),
      error: c.error && describeError(c.error),
      stack: c.error && isServerError ? stackOf(c.error) : undefined,
    });
  };
}
