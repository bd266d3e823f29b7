/** Verifies ID tokens inside the function, behind the gateway's authorizer: defence in depth. */
import { CognitoJwtVerifier } from "aws-jwt-verify";
import * as jwtErrors from "aws-jwt-verify/error";
import type { Fetcher } from "aws-jwt-verify/https";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import * as z from "zod/mini";
import type { UserPoolAuth, UserPools } from "../config.ts";
import type { UserPool } from "../contract/index.ts";
import { KeysUnavailableError, TokenRefusedError } from "./errors.ts";

// The library does not name its errors, and the bundle shortens the names of its classes.
for (const [name, errorClass] of Object.entries(jwtErrors)) {
  if (typeof errorClass === "function") errorClass.prototype.name = name;
}

/** The caller: the user's id in the pool, neither a name nor an e-mail address. */
export type Caller = Readonly<Record<"subject", string>>;

/**
 * Checks an `Authorization` header: `TOKEN` or `Bearer TOKEN`.
 * @throws {TokenRefusedError} when it holds no valid ID token of the pool and its client;
 * {KeysUnavailableError} when it cannot be verified, as the pool's keys could not be fetched.
 */
export type VerifyToken = (authorization: string | undefined) => Promise<Caller>;

/**
 * Gives each user pool one check, bound to that pool and its client and preloaded with the pool's
 * keys. For another key id `fetcher` gets them from Cognito, unless that was in vain ten seconds ago.
 */
export function createTokenVerifiers(pools: UserPools, fetcher: Fetcher) {
  const created = new Map<UserPool, VerifyToken>();
  return (userPool: UserPool): VerifyToken => {
    const verifyToken = created.get(userPool) ?? createVerifyToken(pools[userPool], fetcher);
    created.set(userPool, verifyToken);
    return verifyToken;
  };
}

function createVerifyToken(pool: UserPoolAuth, fetcher: Fetcher): VerifyToken {
  const { userPoolId, clientId, jwks } = pool;
  const verifier = CognitoJwtVerifier.create(
    { userPoolId, clientId, tokenUse: "id", customJwtCheck: (token) => void rest.parse(token) },
    { jwksCache: new PatientJwksCache({ fetcher }) },
  );
  verifier.cacheJwks(jwks);

  return async (authorization) => {
    const { sub } = await verifier.verify(tokenIn(authorization)).catch(throwAsRefused);
    return { subject: sub };
  };
}

/** The cache itself holds back the fetch for an unknown key id, but not one that has failed. */
class PatientJwksCache extends SimpleJwksCache {
  private heldBackUntil = 0;
  override async getJwks(uri: string) {
    if (Date.now() < this.heldBackUntil) throw new KeysUnavailableError("A fetch has just failed.");
    return super.getJwks(uri).catch((cause: unknown) => {
      this.heldBackUntil = Date.now() + 10_000;
      throw new KeysUnavailableError("The user pool's keys could not be fetched.", { cause });
    });
  }
}

// What the verifier does not check (its source): claims that Cognito issues (documented), times that a
// date can have, and no critical header, as none is supported (RFC 7515, 4.1.11).
const subject = z.string().check(z.minLength(1));
const time = z.number().check(z.refine(Number.isInteger), z.gte(0), z.lte(8.64e12));
const optional = z.optional(time);
const rest = z.object({
  header: z.object({ crit: z.optional(z.never()) }),
  payload: z.object({ sub: subject, exp: time, iat: time, nbf: optional, auth_time: optional }),
});

function tokenIn(authorization: string | undefined): string {
  const token = /^(?:bearer +)?(\S+)$/i.exec(authorization ?? "")?.[1];
  if (token?.split(".").every(isCanonical)) return token;
  throw new TokenRefusedError("There is no token in canonical base64url (RFC 7515, 2).");
}

const isCanonical = (part: string) => Buffer.from(part, "base64url").toString("base64url") === part;

function throwAsRefused(cause: unknown): never {
  if (cause instanceof KeysUnavailableError) throw cause;
  throw new TokenRefusedError("The token is not valid here.", { cause });
}
