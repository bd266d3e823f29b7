/** Checks ID tokens inside the function, behind the gateway's authorizer: the second line of defence. */
import { mapRoutes } from "../contract/index.ts";
import type { RoutePath } from "../contract/index.ts";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import {
  FetchError,
  JwkValidationError,
  JwksValidationError,
  JwtBaseError,
} from "aws-jwt-verify/error";
import type { Fetcher } from "aws-jwt-verify/https";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import * as z from "zod/mini";
import type { RouteAuth } from "../config.ts";
import { KeysUnavailableError, TokenRefusedError } from "./errors.ts";
import { makeVerifiedTokens } from "./verified-tokens.ts";

/** Who calls: the user's id in the pool, neither a name nor an address. */
export interface Caller {
  readonly subject: string;
}

/**
 * Checks an `Authorization` header: `TOKEN` or `Bearer TOKEN`.
 * @throws {TokenRefusedError} when it holds no valid ID token of the route's pool and client.
 * @throws {KeysUnavailableError} when that cannot be told, because the pool's keys are out of reach.
 */
export type VerifyToken = (authorization: string | undefined) => Promise<Caller>;

/** The verifier accepts a token without `exp` (its source); Cognito makes none (documented). */
const claimsSchema = z.object({ sub: z.string().check(z.minLength(1)), exp: z.number() });

/**
 * Makes one check for each route, bound to that route's pool and client and preloaded with the
 * pool's keys. A key id that is not among them makes `fetcher` get the keys from Cognito, at most
 * once in ten seconds while it stays unknown; until then such a token is refused. A token that a
 * route has accepted is known to that route for a while (`verified-tokens.ts`); `now` is in
 * milliseconds.
 */
export function makeTokenVerifiers(
  routeAuth: Readonly<Record<RoutePath, RouteAuth>>,
  fetcher: Fetcher,
  now = Date.now,
): Record<RoutePath, VerifyToken> {
  return mapRoutes(({ path }) => makeVerifyToken(routeAuth[path], fetcher, now));
}

function makeVerifyToken(
  { userPoolId, clientId, jwks }: RouteAuth,
  fetcher: Fetcher,
  now: () => number,
): VerifyToken {
  const verified = makeVerifiedTokens(now);
  const verifier = CognitoJwtVerifier.create(
    { userPoolId, clientId, tokenUse: "id", customJwtCheck: refuseExtensions },
    { jwksCache: new SimpleJwksCache({ fetcher }) },
  );
  verifier.cacheJwks(jwks);

  return async (authorization) => {
    const token = tokenIn(authorization);
    const known = verified.find(token);
    if (known !== undefined) return known;
    const payload = await verifier.verify(token).catch(throwAsRefusal);
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) throw new TokenRefusedError("The token lacks a subject or an expiry.");
    const caller = { subject: claims.data.sub };
    verified.keep(token, caller, claims.data.exp);
    return caller;
  };
}

/** A header that a check does not know must be refused when it is critical (RFC 7515, 4.1.11). */
function refuseExtensions({ header }: { header: object }): void {
  if ("crit" in header) throw new TokenRefusedError("The token wants an extension understood.");
}

function tokenIn(authorization: string | undefined): string {
  const token = /^(?:bearer +)?(\S+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) throw new TokenRefusedError("There is no token.");
  return token;
}

function throwAsRefusal(cause: unknown): never {
  if (
    cause instanceof FetchError ||
    cause instanceof JwksValidationError ||
    cause instanceof JwkValidationError
  ) {
    throw new KeysUnavailableError("The user pool's keys could not be fetched.", { cause });
  }
  if (cause instanceof JwtBaseError) {
    throw new TokenRefusedError("The token is not valid here.", { cause });
  }
  throw cause;
}
