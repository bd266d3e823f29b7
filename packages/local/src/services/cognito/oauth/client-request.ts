/** The request of a client that authenticates itself: a form, with the client's secret if it has one. */
import { readBounded } from "../../../http/read-bounded.ts";
import { secretMatches } from "../client-secret.ts";
import type { Client, Pool } from "../model.ts";
import { OAuthError } from "./oauth-error.ts";
import { parametersOf, type Parameters } from "./parameters.ts";

/** Bytes; the longest value, a refresh token or a callback URL, has a few thousand. */
const largestForm = 64 * 1024;

/** Reads a form. @throws OAuthError for anything else. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") throw new OAuthError("invalid_request");
  const body = await readBounded(request, largestForm);
  if (body === undefined) throw new OAuthError("invalid_request", 413);
  return new URLSearchParams(body.toString("utf8"));
}

/** A form with its client. */
export interface ClientRequest {
  client: Client;
  parameters: Parameters;
}

/**
 * Reads a request and authenticates its client: by Basic authentication or in the form, in one way
 * (documented: COGNITO/token-endpoint; RFC 6749, 2.3). `unauthorized` is the status of a client that fails.
 * @throws OAuthError
 */
export async function readClientRequest(
  pool: Pool,
  request: Request,
  unauthorized: 400 | 401,
): Promise<ClientRequest> {
  const parameters = parametersOf(await readForm(request));
  if (parameters.repeated.size > 0) throw new OAuthError("invalid_request");
  const basic = basicCredentials(request.headers.get("authorization"));
  const [bodyId, bodySecret] = [parameters.get("client_id"), parameters.get("client_secret")];
  if (basic !== undefined && bodySecret !== undefined) throw new OAuthError("invalid_request");
  const id = basic?.id ?? bodyId;
  if (id === undefined) throw new OAuthError("invalid_request");
  const client = bodyId === undefined || bodyId === id ? pool.clients.get(id) : undefined;
  if (client === undefined || !secretMatches(client, basic?.secret ?? bodySecret)) {
    throw new OAuthError("invalid_client", unauthorized);
  }
  return { client, parameters };
}

/** The client that a request names, in its query, its form or by Basic authentication; it is not authenticated. */
export async function clientIdOf(request: Request): Promise<string | undefined> {
  const inQuery = new URL(request.url).searchParams.get("client_id");
  if (inQuery !== null || request.method !== "POST") return inQuery ?? undefined;
  try {
    const basic = basicCredentials(request.headers.get("authorization"));
    return basic?.id ?? (await readForm(request.clone())).get("client_id") ?? undefined;
  } catch (error) {
    if (error instanceof OAuthError) return undefined;
    throw error;
  }
}

/** @throws OAuthError for a header that is no Basic authentication. */
function basicCredentials(header: string | null): { id: string; secret: string } | undefined {
  if (header === null) return undefined;
  const [, encoded = ""] = /^Basic ([A-Za-z\d+/]+={0,2})$/i.exec(header) ?? [];
  const [, id, secret] =
    /^([^:]+):(.*)$/.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
  if (id === undefined || secret === undefined) throw new OAuthError("invalid_request");
  // Ids and secrets are letters and digits, which stand for themselves in this header.
  return { id, secret };
}
