/** `/oauth2/userInfo`: what an access token lets its client read of the user (documented: COGNITO/userinfo-endpoint). */
import { AwsError } from "../../../aws-protocol/errors.ts";
import { attributeList } from "../attributes.ts";
import type { Context } from "../context.ts";
import type { Pool } from "../model.ts";
import { claimsInScopes } from "../scopes.ts";
import { verifyAccessToken } from "../tokens.ts";
import { notStored, OAuthError } from "./oauth-error.ts";

/** Handles a request of a client of a pool. @throws OAuthError */
export async function answerUserInfo(
  context: Context,
  pool: Pool,
  request: Request,
): Promise<Response> {
  const [, token] =
    /^Bearer +([\w.~+/-]+=*)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  if (token === undefined) {
    throw failure(400, "invalid_request", "Bad OAuth2 request at UserInfo Endpoint");
  }
  context.admit("GetUser");
  const bearer = await verifyAccessToken(context, token).catch((error: unknown) => {
    throw error instanceof AwsError ? invalidToken() : error;
  });
  if (bearer.pool !== pool) throw invalidToken();
  // Reported: simov/grant#189.
  if (!bearer.scopes.includes("openid")) {
    throw failure(401, "invalid_token", "Access token does not contain openid scope");
  }
  const { client, user, scopes } = bearer;
  const attributes = Object.fromEntries(
    attributeList(user, client).map(({ Name, Value }) => [Name, Value]),
  );
  // The verified attributes are texts here, as in AWS's example.
  const claims = { ...claimsInScopes(attributes, scopes), sub: user.sub, username: user.username };
  return Response.json(claims, { headers: notStored });
}

function invalidToken(): OAuthError {
  const description =
    "Access token is expired, disabled, or deleted, or the user has globally signed out.";
  return failure(401, "invalid_token", description);
}

/** Documented with this header. */
function failure(status: number, error: string, description: string): OAuthError {
  const challenge = `Bearer error="${error}", error_description="${description}"`;
  return new OAuthError(error, status, { "www-authenticate": challenge });
}
