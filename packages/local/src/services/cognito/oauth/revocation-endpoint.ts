/** `/oauth2/revoke`: ends the session of a refresh token (documented: COGNITO/revocation-endpoint). */
import { AwsError } from "../../../aws-protocol/errors.ts";
import { revokeToken } from "../account.ts";
import type { Context } from "../context.ts";
import type { Pool } from "../model.ts";
import { readClientRequest } from "./client-request.ts";
import { notStored, OAuthError } from "./oauth-error.ts";

/** The errors of the API's operation, in this endpoint's words. */
const errors: Readonly<Record<string, string>> = {
  UnsupportedOperationException: "invalid_request",
  UnsupportedTokenTypeException: "unsupported_token_type",
};

/** Handles a request of a client of a pool. @throws OAuthError */
export async function answerRevocation(
  context: Context,
  pool: Pool,
  request: Request,
): Promise<Response> {
  const { client, parameters } = await readClientRequest(pool, request, 401);
  const token = parameters.get("token");
  if (token === undefined) throw new OAuthError("invalid_request");
  context.admit("RevokeToken");
  try {
    revokeToken({ pool, client }, token);
  } catch (error) {
    const known = error instanceof AwsError ? errors[error.code] : undefined;
    throw known === undefined ? error : new OAuthError(known);
  }
  return new Response(null, { headers: notStored });
}
