/** Errors of the endpoints that clients call, and their responses (RFC 6749, 5.2). */
import { AwsError } from "../../../aws-protocol/errors.ts";

/** For responses that no cache may store (RFC 6749, 5.1). */
export const notStored = { "cache-control": "no-store", pragma: "no-cache" };

/** An error response. */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly error: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(error: string, status = 400, headers: Readonly<Record<string, string>> = {}) {
    super(error);
    this.error = error;
    this.status = status;
    this.headers = headers;
  }
}

/** The response to an error of the caller. @throws any other error. */
export function oauthErrorResponse(error: unknown): Response {
  // The response to too many requests is assumed.
  if (error instanceof AwsError && error.code === "TooManyRequestsException") {
    return Response.json({ error: "too_many_requests" }, { status: 429, headers: notStored });
  }
  if (!(error instanceof OAuthError)) throw error;
  const { status, headers } = error;
  return Response.json({ error: error.error }, { status, headers: { ...notStored, ...headers } });
}
