/** New tokens for a refresh token: REFRESH_TOKEN_AUTH, and GetTokensFromRefreshToken, which rotates (documented: COGNITO/amazon-cognito-user-pools-using-the-refresh-token). */
import * as z from "zod";
import { AwsError } from "../../aws-protocol/errors.ts";
import { operation, type JsonOperations } from "../../aws-protocol/json-protocol.ts";
import { rejectUnknown, required, type AuthParameters } from "./auth-parameters.ts";
import { checkSecretHash, secretMatches } from "./client-secret.ts";
import { clientId, ignoredOfUser, type Context } from "./context.ts";
import { notAuthorized, passwordResetRequired } from "./errors.ts";
import type { Client, Owner, Pool, Session, User } from "./model.ts";
import { isUsable, replaceToken, sessionOf, userOf } from "./sessions.ts";
import { issueTokens, type AuthenticationResult } from "./tokens.ts";

/** GetTokensFromRefreshToken, on clients with and without rotation. */
export function refreshOperations(context: Context): JsonOperations {
  const { pools, admit } = context;
  return {
    GetTokensFromRefreshToken: operation(
      z.strictObject({
        RefreshToken: z.string().min(1),
        ClientId: clientId,
        ClientSecret: z.string().optional(),
        ClientMetadata: ignoredOfUser.ClientMetadata,
      }),
      async ({ ClientId, ClientSecret, RefreshToken: token }) => {
        admit("GetTokensFromRefreshToken");
        const owner = pools.byClient(ClientId);
        if (!secretMatches(owner.client, ClientSecret)) {
          throw notAuthorized(`Unable to verify the secret of client ${ClientId}`);
        }
        const AuthenticationResult = await refreshTokens(context, owner, token);
        return { AuthenticationResult };
      },
    ),
  };
}

/** The new tokens of a client that is authenticated. @throws AwsError */
export async function refreshTokens(
  context: Context,
  owner: Owner,
  token: string,
): Promise<AuthenticationResult> {
  const { pool, client } = owner;
  const now = context.now();
  const session = sessionToRefresh(pool, client, token);
  const user = userToRefresh(context, pool, session, token);
  const { feature, retryGracePeriodSeconds } = client.settings.refreshTokenRotation;
  const RefreshToken =
    feature === "ENABLED"
      ? replaceToken(session, token, now + retryGracePeriodSeconds * 1000)
      : undefined;
  const tokens = await issueTokens(now, owner, user, session);
  return { ...tokens, RefreshToken };
}

/**
 * Issues an ID and an access token of the refresh token's session.
 * @throws AwsError when the token is unknown, another client's, revoked, replaced or expired, or its
 * user is disabled.
 */
export async function refresh(
  context: Context,
  owner: Owner,
  given: AuthParameters,
): Promise<object> {
  const { pool, client } = owner;
  rejectUnknown(given, ["REFRESH_TOKEN", "SECRET_HASH"]);
  context.admit("InitiateAuth");
  const token = required(given, "REFRESH_TOKEN");
  const session = sessionToRefresh(pool, client, token);
  checkSecretHash(client, userOf(pool, session).username, given["SECRET_HASH"]);
  const user = userToRefresh(context, pool, session, token);
  const tokens = await issueTokens(context.now(), owner, user, session);
  return { AuthenticationResult: tokens, ChallengeParameters: {} };
}

function sessionToRefresh(pool: Pool, client: Client, token: string): Session {
  const session = sessionOf(pool, token);
  if (session?.clientId !== client.id) throw notAuthorized("Invalid Refresh Token");
  return session;
}

function userToRefresh({ now }: Context, pool: Pool, session: Session, token: string): User {
  const user = userOf(pool, session);
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "RESET_REQUIRED") throw passwordResetRequired();
  if (session.revoked) throw notAuthorized("Refresh Token has been revoked");
  if (session.refreshExpiresAt <= now()) throw notAuthorized("Refresh Token has expired");
  if (!isUsable(session, token, now())) {
    throw new AwsError("RefreshTokenReuseException", "Refresh token reuse detected");
  }
  return user;
}
