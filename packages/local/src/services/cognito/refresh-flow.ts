/** The refresh token flow. */
import { rejectUnknown, required, type AuthParameters } from "./auth-parameters.ts";
import { checkSecretHash } from "./client-secret.ts";
import type { Context } from "./context.ts";
import { notAuthorized } from "./errors.ts";
import type { Client, Pool } from "./model.ts";
import { sessionOf, userOf } from "./sessions.ts";
import { issueTokens } from "./tokens.ts";

/**
 * Issues an ID and an access token of the refresh token's session.
 * @throws AwsError when the token is unknown, another client's, revoked or expired, or its user
 * is disabled.
 */
export async function refresh(
  { now, admit }: Context,
  pool: Pool,
  client: Client,
  given: AuthParameters,
): Promise<object> {
  rejectUnknown(given, ["REFRESH_TOKEN", "SECRET_HASH"]);
  admit("InitiateAuth");
  const session = sessionOf(pool, required(given, "REFRESH_TOKEN"));
  if (session === undefined || session.clientId !== client.id) {
    throw notAuthorized("Invalid Refresh Token");
  }
  const user = userOf(pool, session);
  checkSecretHash(client, user.username, given["SECRET_HASH"]);
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (session.revoked) throw notAuthorized("Refresh Token has been revoked");
  if (session.refreshExpiresAt <= now()) throw notAuthorized("Refresh Token has expired");
  const tokens = await issueTokens(now(), pool, client, user, session);
  return { AuthenticationResult: tokens, ChallengeParameters: {} };
}
