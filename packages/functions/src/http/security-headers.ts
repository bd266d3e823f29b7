/** Headers that keep a browser from making more of an answer than the JSON it is. */
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./app-env.ts";

const headers = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

/**
 * Sets the headers on every answer, errors included. Pages of `corsOrigin` may read answers, pages of
 * other origins may not; without one, there are no CORS headers at all.
 */
export function securityHeaders(corsOrigin: string | undefined): MiddlewareHandler<AppEnv> {
  const cors =
    corsOrigin === undefined ? {} : { "Access-Control-Allow-Origin": corsOrigin, Vary: "Origin" };
  const all = Object.entries({ ...headers, ...cors });
  return async (c, next) => {
    await next();
    for (const [name, value] of all) c.res.headers.set(name, value);
  };
}
