/** Verifies Cognito tokens as API Gateway's authorizer does: signature, issuer, expiry. */
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from "jose";
import * as z from "zod";
import { isCanonicalToken } from "../../../http/canonical-token.ts";

/** The result of verifying a token of a user pool. */
export type TokenVerification =
  | { ok: true; claims: Readonly<Record<string, unknown>> }
  | {
      ok: false;
      reason: "invalid" | "expired";
      /** For the developer: what is wrong with it, in words that repeat nothing of the token. */
      problem?: string;
    };

/** Verifies a token against the pool with this ARN. */
export type VerifyToken = (userPoolArn: string, token: string) => Promise<TokenVerification>;

/** The keys and issuers of user pools, and the time in ms since 1970. */
interface CognitoTokenDeps {
  jwks: (userPoolId: string) => JSONWebKeySet;
  issuer: (userPoolId: string) => string;
  now: () => number;
}

/** Whole seconds since 1970 that a date can have. */
const time = z.int().min(0).max(8.64e12);

/** What Cognito's tokens have (documented: COGNITO/amazon-cognito-user-pools-using-the-id-token). */
const cognitoClaims = z.looseObject({
  sub: z.string().min(1),
  token_use: z.string(),
  exp: time,
  iat: time,
  nbf: time.optional(),
  auth_time: time.optional(),
});

/**
 * Creates the verifier. Only RS256 is accepted, whatever the token's header says, and only canonical
 * base64url (assumed); `expired` is only reported of a token whose signature and issuer are valid.
 * The returned function rejects when the pool is unknown.
 */
export function createTokenVerifier({ jwks, issuer, now }: CognitoTokenDeps): VerifyToken {
  return async (userPoolArn, token) => {
    const userPoolId = userPoolArn.slice(userPoolArn.lastIndexOf("/") + 1);
    const keys = createLocalJWKSet(jwks(userPoolId));
    if (!isCanonicalToken(token)) {
      return { ok: false, reason: "invalid", problem: "it is no JWT in canonical base64url" };
    }
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ["RS256"],
        issuer: issuer(userPoolId),
        currentDate: new Date(now()),
      });
      return { ok: true, claims: cognitoClaims.parse(payload) };
    } catch (error) {
      const reason = error instanceof errors.JWTExpired ? "expired" : "invalid";
      return { ok: false, reason, problem: problemOf(error) };
    }
  };
}

function problemOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "it has expired (claim exp)";
  if (error instanceof errors.JWTClaimValidationFailed)
    return `its claim ${error.claim} is not valid`;
  if (error instanceof errors.JWKSNoMatchingKey) {
    return "it is a token of another pool, or signed with a made-up key";
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return "its signature is not valid";
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) {
    return "its algorithm is not RS256";
  }
  return "it is no JWT of Cognito";
}
