/** Requires a valid ID token of the route's own user pool. */
import type { MiddlewareHandler } from "hono";
import type { Caller, VerifyToken } from "../../auth/verify-token.ts";
import type { UserPool } from "../../contract/index.ts";
import type { AppEnv } from "../app-env.ts";

/** What the check leaves behind, by Hono's types of validated input: `c.req.valid("header")`. */
export interface VerifiedCaller<P extends UserPool = UserPool> {
  in: { header: { authorization: `ID token of user pool ${P}` } };
  out: { header: Caller };
}

/** Checks the request's token, and keeps the caller's subject for the request's log line. */
export function requireToken<P extends UserPool>(
  userPool: P,
  verifyTokenOf: (userPool: P) => VerifyToken,
): MiddlewareHandler<AppEnv, string, VerifiedCaller<P>> {
  const verifyToken = verifyTokenOf(userPool);
  return async (c, next) => {
    const caller = await verifyToken(c.req.header("authorization"));
    c.req.addValidatedData("header", caller);
    c.set("subject", caller.subject);
    await next();
  };
}
