/** Requires a valid ID token of the route's own user pool. */
import type { MiddlewareHandler } from "hono";
import type { Caller, VerifyToken } from "../../auth/verify-token.ts";
import type { AppEnv } from "../app-env.ts";

/** What the check leaves behind, by Hono's types of validated input: `c.req.valid("header")`. */
export interface VerifiedCaller {
  in: { header: { authorization: string } };
  out: { header: Caller };
}

/** Checks the request's token, and keeps the caller's subject for the request's log line. */
export function requireToken(
  verifyToken: VerifyToken,
): MiddlewareHandler<AppEnv, string, VerifiedCaller> {
  return async (c, next) => {
    const caller = await verifyToken(c.req.header("authorization"));
    c.req.addValidatedData("header", caller);
    c.set("subject", caller.subject);
    await next();
  };
}
