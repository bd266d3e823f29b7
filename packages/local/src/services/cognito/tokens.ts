/** Issues and verifies tokens. Claims: COGNITO/amazon-cognito-user-pools-using-tokens-with-identity-providers. */
import { randomUUID } from "node:crypto";
import { decodeJwt, errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { isCanonicalToken } from "../../http/canonical-token.ts";
import { attributeClaims } from "./attributes.ts";
import type { Context } from "./context.ts";
import { notAuthorized, passwordResetRequired } from "./errors.ts";
import type { Owner, Session, User } from "./model.ts";
import { hashOf, newOpaqueToken } from "./random.ts";
import { apiScope, claimsInScopes } from "./scopes.ts";
import { addSession, userOf } from "./sessions.ts";

/** Tokens in the API's form; a refresh issues a new refresh token only where they rotate. */
export interface AuthenticationResult {
  AccessToken: string;
  /** Documented: only with the scope `openid`, which a sign-in by the API has no need of. */
  IdToken?: string;
  RefreshToken?: string | undefined;
  /** Seconds that the access token lives. */
  ExpiresIn: number;
  TokenType: "Bearer";
}

/** What a client was granted on the login pages. */
export interface Grant {
  scopes: readonly string[];
  /** Of the authorization request. */
  nonce: string | undefined;
  authenticatedAt: number;
}

/** Starts a session of an authenticated user; without a grant, of a sign-in by the API. */
export async function startSession(
  { now }: Context,
  owner: Owner,
  user: User,
  grant?: Grant,
): Promise<AuthenticationResult> {
  const refreshToken = newOpaqueToken();
  const session: Session = {
    id: randomUUID(),
    originJti: randomUUID(),
    sub: user.sub,
    clientId: owner.client.id,
    originalTokenHash: hashOf(refreshToken),
    refreshTokenHash: hashOf(refreshToken),
    replacedTokens: new Map(),
    refreshExpiresAt: now() + owner.client.settings.lifetimes.refresh * 1000,
    authenticatedAt: grant?.authenticatedAt ?? now(),
    scopes: grant?.scopes,
    revoked: false,
  };
  addSession(owner.pool.sessions, session);
  const tokens = await issueTokens(now(), owner, user, session, grant?.nonce);
  return { ...tokens, RefreshToken: refreshToken };
}

/** Issues an ID and an access token, and keeps nothing of them. `now` in milliseconds since 1970. */
export async function issueTokens(
  now: number,
  { pool, client }: Owner,
  user: Pick<User, "sub" | "username" | "attributes">,
  session: Pick<Session, "id" | "originJti" | "authenticatedAt" | "scopes">,
  nonce?: string,
): Promise<AuthenticationResult> {
  const issuedAt = Math.floor(now / 1000);
  const { lifetimes, enableTokenRevocation, refreshTokenRotation } = client.settings;
  // Documented: COGNITO/amazon-cognito-user-pools-using-the-refresh-token.
  const revocable = enableTokenRevocation || refreshTokenRotation.feature === "ENABLED";
  const common = {
    sub: user.sub,
    iss: pool.issuer,
    event_id: session.id,
    auth_time: Math.floor(session.authenticatedAt / 1000),
    iat: issuedAt,
  };
  const sign = (claims: Record<string, unknown>, lifetime: number): Promise<string> => {
    const revocation = revocable ? { origin_jti: session.originJti, jti: randomUUID() } : {};
    return new SignJWT({ ...claims, ...common, ...revocation, exp: issuedAt + lifetime })
      .setProtectedHeader({ kid: pool.signingKey.id, alg: "RS256" })
      .sign(pool.signingKey.private);
  };
  const { username } = user;
  const { scopes = [apiScope] } = session;
  const scope = scopes.join(" ");
  const access = { token_use: "access", client_id: client.id, username, scope };
  const readable = claimsInScopes(attributeClaims(user, client), scopes);
  const hasIdToken = session.scopes?.includes("openid") ?? true;
  const id = { ...readable, token_use: "id", aud: client.id, "cognito:username": username, nonce };
  return {
    AccessToken: await sign(access, lifetimes.access),
    ...(hasIdToken ? { IdToken: await sign(id, lifetimes.id) } : {}),
    ExpiresIn: lifetimes.access,
    TokenType: "Bearer",
  };
}

/** The user of an access token, the client that it was issued to, and what that was granted. */
export interface Bearer extends Owner {
  scopes: readonly string[];
  user: User;
}

/**
 * Verifies an access token: canonical base64url, signature of the pool that it names, expiry, use,
 * revocation, and that its user exists and is enabled.
 * @throws AwsError for an invalid token.
 */
export async function verifyAccessToken({ pools, now }: Context, token: string): Promise<Bearer> {
  const pool = pools.byIssuer(unverifiedClaims(token).iss);
  if (pool === undefined || !isCanonicalToken(token)) throw invalidToken();
  const options = {
    algorithms: ["RS256" as const],
    issuer: pool.issuer,
    currentDate: new Date(now()),
    requiredClaims: ["exp"],
  };
  const { payload } = await jwtVerify(token, pool.signingKey.public, options).catch(
    (error: unknown) => {
      if (error instanceof errors.JWTExpired) throw notAuthorized("Access Token has expired");
      throw invalidToken();
    },
  );
  if (payload["token_use"] !== "access") throw invalidToken();
  const session = pool.sessions.find(({ id }) => id === payload["event_id"]);
  const client = session && pool.clients.get(session.clientId);
  if (session === undefined || client === undefined) throw invalidToken();
  const user = userOf(pool, session);
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (session.revoked) throw notAuthorized("Access Token has been revoked");
  return { pool, client, user, scopes: session.scopes ?? [apiScope] };
}

/** The same for the API's operations, which have a scope of their own. */
export async function checkAccessToken(context: Context, token: string): Promise<Bearer> {
  const bearer = await verifyAccessToken(context, token);
  if (bearer.user.status === "RESET_REQUIRED") throw passwordResetRequired();
  if (bearer.scopes.includes(apiScope)) return bearer;
  // Reported: aws-amplify/amplify-js#1906.
  throw notAuthorized("Access Token does not have required scopes");
}

/** The claims of a token, not verified; none of what is no token. */
export function unverifiedClaims(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}

function invalidToken(): Error {
  return notAuthorized("Invalid Access Token");
}
