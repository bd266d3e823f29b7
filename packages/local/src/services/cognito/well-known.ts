/** The OpenID configuration and JWKS of a pool. */
import type { Pools } from "./pools.ts";

/** The document at `/POOL/.well-known/…`; undefined for any other path. */
export function publicDocument(pools: Pools, path: string, loginUrl: string): object | undefined {
  const [, poolId, wellKnown, name, ...rest] = path.split("/");
  const pool = pools.list().find(({ id }) => id === poolId);
  if (pool === undefined || wellKnown !== ".well-known" || rest.length > 0) return undefined;
  if (name === "jwks.json") return pool.signingKey.jwks;
  if (name !== "openid-configuration") return undefined;
  const domain = pools.domainOf(pool);
  return {
    issuer: pool.issuer,
    jwks_uri: `${pool.issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ["RS256"],
    subject_types_supported: ["public"],
    response_types_supported: ["code", "token"],
    scopes_supported: ["openid", "email", "phone", "profile"],
    ...(domain === undefined ? {} : endpointsOf(`${loginUrl}/${domain}`)),
  };
}

/** The endpoints of a domain (recorded: AWS's own documents of pools that have one). */
function endpointsOf(login: string): object {
  return {
    authorization_endpoint: `${login}/oauth2/authorize`,
    token_endpoint: `${login}/oauth2/token`,
    userinfo_endpoint: `${login}/oauth2/userInfo`,
    revocation_endpoint: `${login}/oauth2/revoke`,
    end_session_endpoint: `${login}/logout`,
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
  };
}
