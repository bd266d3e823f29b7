/** One structured line for each request's outcome. */
import { routes } from "../../contract/index.ts";
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { describeError, stackOf } from "../../logging/describe-error.ts";
import type { ErrorDescription } from "../../logging/describe-error.ts";

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
export interface RequestLog {
  info(entry: RequestLogEntry): void;
  error(entry: RequestLogEntry): void;
}

/** Logs each request once it is answered: as an error, with its stack, when the fault is ours. */
export function logRequests(log: RequestLog): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next();
    const { status } = c.res;
    const isOurFault = status >= 500;
    const route = routes.find(({ path }) => path === c.req.path)?.path ?? "(none)";
    log[isOurFault ? "error" : "info"]({
      message: `${c.req.method} ${route} ${status}`,
      correlationId: c.get("correlationId"),
      route,
      status,
      subject: c.get("subject"),
      messageId: c.get("messageId"),
      error: c.error && describeError(c.error),
      stack: c.error && isOurFault ? stackOf(c.error) : undefined,
    });
  };
}
