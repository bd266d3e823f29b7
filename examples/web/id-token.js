/**
 * Reads an ID token. Its signature is not the page's to verify: the token comes from Cognito by TLS
 * (OpenID Connect Core, 3.1.3.7), and the API verifies it at each call.
 *
 * @typedef {object} Claims
 * @property {number} exp When it expires, in seconds since 1970.
 * @property {string} [aud] The client that it was issued to.
 * @property {string} [nonce]
 * @property {string} [email]
 */

/**
 * The claims of a token.
 * @param {string} token
 * @returns {Claims}
 * @throws {Error} for what is no ID token.
 */
export function claimsOf(token) {
  const claims = JSON.parse(decode(token.split(".")[1] ?? ""));
  if (typeof claims?.exp !== "number") throw new Error("This is no ID token: it never expires.");
  return claims;
}

/**
 * For how many milliseconds the token is still valid; 0 once it has expired.
 * @param {Claims} claims
 */
export function millisecondsLeft({ exp }, now = Date.now()) {
  return Math.max(0, exp * 1000 - now);
}

/** @param {string} base64Url */
function decode(base64Url) {
  const binary = atob(base64Url.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
