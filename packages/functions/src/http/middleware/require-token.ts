/** The middleware that lets only a route's own users through. */
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import type { VerifyToken } from "../../auth/verify-token.ts";

/** Checks the request's token and keeps the caller's subject for the request's log line. */
export function requireToken(verifyToken: VerifyToken): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { subject } = await verifyToken(c.req.header("authorization"));
    c.set("subject", subject);
    await next();
  };
}
