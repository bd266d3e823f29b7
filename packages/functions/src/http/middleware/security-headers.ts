/** Sets the contract's security headers, and what a stage's web origin needs besides. */
import { securityHeaders } from "../../contract/index.ts";
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";

/**
 * Sets the headers on every answer, errors included. Pages of `corsOrigin` may read answers, pages of
 * other origins may not; without one, there are no CORS headers at all.
 */
export function secureAnswers(corsOrigin: string | undefined): MiddlewareHandler<AppEnv> {
  const cors =
    corsOrigin === undefined ? {} : { "Access-Control-Allow-Origin": corsOrigin, Vary: "Origin" };
  const all = Object.entries({ ...securityHeaders, ...cors });
  return async (c, next) => {
    await next();
    for (const [name, value] of all) c.res.headers.set(name, value);
  };
}
