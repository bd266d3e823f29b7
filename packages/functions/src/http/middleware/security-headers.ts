/** Sets the contract's security headers, and CORS headers where a stage names a web origin. */
import type { MiddlewareHandler } from "hono";
import { securityHeaders as contractHeaders } from "../../contract/index.ts";
import type { AppEnv } from "../app-env.ts";

/**
 * Sets the headers on every response, errors included. Pages of `corsOrigin` may read responses, pages
 * of other origins may not; without one, there are no CORS headers at all.
 */
export function securityHeaders(corsOrigin: string | undefined): MiddlewareHandler<AppEnv> {
  const cors =
    corsOrigin === undefined ? {} : { "Access-Control-Allow-Origin": corsOrigin, Vary: "Origin" };
  const all = Object.entries({ ...contractHeaders, ...cors });
  return async (c, next) => {
    await next();
    for (const [name, value] of all) c.res.headers.set(name, value);
  };
}
