/** `/oauth2/token`: tokens for a code or a refresh token (documented: COGNITO/token-endpoint). */
import { AwsError } from "../../../aws-protocol/errors.ts";
import type { Context } from "../context.ts";
import type { Owner, Pool } from "../model.ts";
import { staysSignedIn } from "../users.ts";
import { refreshTokens } from "../refresh-flow.ts";
import { startSession, type AuthenticationResult } from "../tokens.ts";
import { verifierMatches, type AuthorizationCodes } from "./authorization-codes.ts";
import { readClientRequest } from "./client-request.ts";
import { notStored, OAuthError } from "./oauth-error.ts";
import type { Parameters } from "./parameters.ts";

/** Handles a request of a client of a pool. @throws OAuthError */
export async function answerTokenRequest(
  context: Context,
  codes: AuthorizationCodes,
  pool: Pool,
  request: Request,
): Promise<Response> {
  const { client, parameters } = await readClientRequest(pool, request, 400);
  const owner = { pool, client };
  const grantType = required(parameters, "grant_type");
  const { allowedOauthFlows, allowedOauthFlowsUserPoolClient: isEnabled } = client.settings;
  const { explicitAuthFlows, refreshTokenRotation } = client.settings;
  const rotates = refreshTokenRotation.feature === "ENABLED";
  if (!isEnabled) throw new OAuthError("unauthorized_client");
  switch (grantType) {
    case "authorization_code":
      if (!allowedOauthFlows.includes("code")) throw new OAuthError("unauthorized_client");
      return tokenResponse(await exchangeCode(context, codes, owner, parameters));
    case "refresh_token":
      // Documented: a client may not refresh by the flow of the API if its tokens rotate.
      if (!explicitAuthFlows.includes("ALLOW_REFRESH_TOKEN_AUTH") && !rotates) {
        throw new OAuthError("unauthorized_client");
      }
      context.admit("GetTokensFromRefreshToken");
      return tokenResponse(await refresh(context, owner, parameters));
    case "client_credentials":
      throw new OAuthError("unauthorized_client");
    default:
      throw new OAuthError("unsupported_grant_type");
  }
}

async function exchangeCode(
  context: Context,
  codes: AuthorizationCodes,
  owner: Owner,
  parameters: Parameters,
): Promise<AuthenticationResult> {
  const code = required(parameters, "code");
  const redirectUri = required(parameters, "redirect_uri");
  const grant = codes.redeem(code);
  const user = grant && owner.pool.aliases.get(grant.sub);
  const isValid =
    grant?.clientId === owner.client.id &&
    grant.redirectUri === redirectUri &&
    verifierMatches(grant.challenge, parameters.get("code_verifier")) &&
    user !== undefined &&
    staysSignedIn(user);
  if (!isValid) throw new OAuthError("invalid_grant");
  return startSession(context, owner, user, grant);
}

async function refresh(
  context: Context,
  owner: Owner,
  parameters: Parameters,
): Promise<AuthenticationResult> {
  const token = required(parameters, "refresh_token");
  try {
    return await refreshTokens(context, owner, token);
  } catch (error) {
    throw error instanceof AwsError ? new OAuthError("invalid_grant") : error;
  }
}

function tokenResponse(tokens: AuthenticationResult): Response {
  const { AccessToken, IdToken, RefreshToken, ExpiresIn, TokenType } = tokens;
  const body = {
    id_token: IdToken,
    access_token: AccessToken,
    refresh_token: RefreshToken,
    expires_in: ExpiresIn,
    token_type: TokenType,
  };
  return Response.json(body, { headers: notStored });
}

function required(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw new OAuthError("invalid_request");
  return value;
}
