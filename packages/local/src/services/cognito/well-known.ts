/** The OpenID configuration and JWKS of a pool. */
import type { Pools } from "./pools.ts";

/** The document at `/POOL/.well-known/…`; undefined for any other path. */
export function publicDocument(pools: Pools, path: string): object | undefined {
  const [, poolId, wellKnown, name, ...rest] = path.split("/");
  const pool = pools.list().find(({ id }) => id === poolId);
  if (pool === undefined || wellKnown !== ".well-known" || rest.length > 0) return undefined;
  if (name === "jwks.json") return pool.signingKey.jwks;
  if (name !== "openid-configuration") return undefined;
  return {
    issuer: pool.issuer,
    jwks_uri: `${pool.issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ["RS256"],
    subject_types_supported: ["public"],
    response_types_supported: ["code", "token"],
    scopes_supported: ["openid", "email", "phone", "profile"],
  };
}
