/** The request for an authorization code (documented: COGNITO/authorization-endpoint). */
import type { Client, Owner, Pool } from "../model.ts";
import { openIdScopes } from "../scopes.ts";
import type { Parameters } from "./parameters.ts";
import { withParameters } from "./redirect.ts";

/** A request that may be answered with a code. */
export interface AuthorizationRequest extends Owner {
  /** One of the client's. */
  redirectUri: string;
  /** Of the client's. */
  scopes: readonly string[];
  state: string | undefined;
  nonce: string | undefined;
  /** The code challenge, by S256 (RFC 7636). */
  challenge: string | undefined;
  prompt: string | undefined;
  /** What the client believes the user's name to be. */
  loginHint: string | undefined;
}

/** Why a request gets no code: a text for the user, or, with a valid callback URL, an error for the client. */
export type InvalidRequest = { readonly page: string } | { readonly redirect: string };

/** Characters of a value that is kept or sent back. */
const longest = 2048;

/** Documented: COGNITO/authorization-endpoint. */
const prompts = ["none", "login", "select_account", "consent"];

/** Validates the parameters of a request to the login pages of a pool. */
export function readAuthorizationRequest(
  pool: Pool,
  parameters: Parameters,
): AuthorizationRequest | InvalidRequest {
  const client = pool.clients.get(parameters.get("client_id") ?? "");
  if (client === undefined) return { page: "This app client does not exist." };
  const { settings } = client;
  if (!settings.allowedOauthFlowsUserPoolClient || settings.allowedOauthFlows.length === 0) {
    return { page: "This app client may not use the login pages: it has no OAuth flow." };
  }
  const redirectUri = parameters.get("redirect_uri");
  // Exactly as registered (RFC 9700, 4.1.3): nothing else is ever redirected to.
  if (redirectUri === undefined || !settings.callbackUrls.includes(redirectUri)) {
    return {
      page: "redirect_mismatch: the redirect_uri is not a callback URL of this app client.",
    };
  }
  const state = parameters.get("state");
  const scopes = requestedScopes(client, parameters.get("scope"));
  const error = errorIn(client, parameters, scopes);
  if (error !== undefined) return { redirect: errorRedirect({ redirectUri, state }, error) };
  return {
    pool,
    client,
    redirectUri,
    scopes,
    state,
    nonce: parameters.get("nonce"),
    challenge: parameters.get("code_challenge"),
    prompt: parameters.get("prompt"),
    loginHint: parameters.get("login_hint"),
  };
}

/** The error response, by a redirect to the callback URL (RFC 6749, 4.1.2.1). */
export function errorRedirect(
  { redirectUri, state }: Pick<AuthorizationRequest, "redirectUri" | "state">,
  error: string,
): string {
  return withParameters(redirectUri, { error, state });
}

function errorIn(
  { settings }: Client,
  parameters: Parameters,
  scopes: readonly string[],
): string | undefined {
  const flow = parameters.get("response_type");
  const isValid =
    parameters.repeated.size === 0 &&
    (flow === "code" || flow === "token") &&
    hasValidChallenge(parameters) &&
    ["state", "nonce", "login_hint"].every(
      (name) => (parameters.get(name)?.length ?? 0) <= longest,
    ) &&
    prompts.includes(parameters.get("prompt") ?? "login") &&
    (parameters.get("identity_provider") ?? "COGNITO") === "COGNITO" &&
    parameters.get("idp_identifier") === undefined;
  if (!isValid) return "invalid_request";
  // Tokens in an address end up in histories and logs: no implicit grant (RFC 9700, 2.1.2).
  if (flow === "token" || !settings.allowedOauthFlows.includes("code"))
    return "unauthorized_client";
  const isAllowed =
    scopes.length > 0 && scopes.every((scope) => settings.allowedOauthScopes.includes(scope));
  const needsOpenId = scopes.some((scope) => openIdScopes.includes(scope));
  if (!isAllowed || (needsOpenId && !scopes.includes("openid"))) return "invalid_scope";
  return undefined;
}

/** Documented: without any, all that the client has. */
function requestedScopes({ settings }: Client, given: string | undefined): readonly string[] {
  if (given === undefined) return settings.allowedOauthScopes;
  return [...new Set(given.split(" "))];
}

/** Documented: only S256, and the method and the challenge together. */
function hasValidChallenge(parameters: Parameters): boolean {
  const [challenge, method] = [
    parameters.get("code_challenge"),
    parameters.get("code_challenge_method"),
  ];
  if (challenge === undefined && method === undefined) return true;
  return method === "S256" && /^[\w-]{43}$/.test(challenge ?? "");
}
