/**
 * Signs users in on Cognito's hosted login page, which the page never sees a password of: OAuth's
 * authorization code grant with PKCE, as RFC 9700 (2.1.1) asks for.
 *
 * @import { Pool } from "./config.js"
 *
 * @typedef {object} Tab What of the browser's tab is used.
 * @property {string} redirectUri The page's own address, which the stage's callbackUrls must name.
 * @property {Pick<Storage, "getItem" | "setItem" | "removeItem">} storage The tab's sessionStorage.
 * @property {typeof fetch} [send]
 */
import { claimsOf } from "./id-token.js";
import { challengeOf, randomText } from "./pkce.js";

/** What outlives the way to the login page and back. No token is ever stored. */
const ATTEMPT = "sign-in";

/**
 * The address of the login page for a new attempt, which the tab remembers.
 * @param {Pool} pool
 * @param {Tab} tab
 */
export async function loginAddress({ number, clientId, loginUrl }, { redirectUri, storage }) {
  const [state, nonce, verifier] = [randomText(), randomText(), randomText()];
  storage.setItem(ATTEMPT, JSON.stringify({ number, state, nonce, verifier }));
  return address(loginUrl, "/oauth2/authorize", {
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: "openid email",
    state,
    nonce,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: "S256",
  });
}

/**
 * The pool and the ID token of a user who comes back from the login page; undefined for a page that
 * is opened in any other way.
 * @param {URLSearchParams} query
 * @param {readonly Pool[]} pools
 * @param {Tab} tab
 * @throws {Error} when the answer is not one to this tab's attempt, or is an error.
 */
export async function completeSignIn(query, pools, { redirectUri, storage, send = fetch }) {
  const [code, error] = [query.get("code"), query.get("error")];
  if (code === null && error === null) return undefined;
  const attempt = JSON.parse(storage.getItem(ATTEMPT) ?? "{}");
  // An attempt is answered once.
  storage.removeItem(ATTEMPT);
  const pool = pools.find(({ number }) => number === attempt.number);
  if (pool === undefined || query.get("state") !== attempt.state) {
    throw new Error("This is no answer to a sign-in that this tab began. Sign in again.");
  }
  if (code === null) throw new Error(query.get("error_description") ?? `Cognito says: ${error}`);

  const response = await send(address(pool.loginUrl, "/oauth2/token"), {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: pool.clientId,
      redirect_uri: redirectUri,
      code,
      code_verifier: attempt.verifier,
    }),
  });
  const { id_token: idToken, error: reason } = await response.json();
  if (!response.ok) throw new Error(`Cognito gave no token: ${reason}. Sign in again.`);
  const { nonce, aud } = claimsOf(idToken);
  if (nonce !== attempt.nonce || aud !== pool.clientId) {
    throw new Error("This token was not issued for this sign-in. Sign in again.");
  }
  return { pool, idToken };
}

/**
 * Where a sign-out continues: Cognito ends its own session, and leads back. Otherwise the next
 * sign-in would ask for no password.
 * @param {Pool} pool
 * @param {string} redirectUri
 */
export function logoutAddress({ clientId, loginUrl }, redirectUri) {
  return address(loginUrl, "/logout", { client_id: clientId, logout_uri: redirectUri });
}

/**
 * @param {string} loginUrl
 * @param {string} path
 * @param {Record<string, string>} [query]
 */
function address(loginUrl, path, query = {}) {
  const url = new URL(`${loginUrl}${path}`);
  url.search = String(new URLSearchParams(query));
  return url;
}
