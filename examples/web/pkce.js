/** Proof key for code exchange (PKCE, RFC 7636), with the browser's own cryptography. */

/** A text that cannot be guessed: 256 random bits, as a code verifier, a state or a nonce. */
export function randomText() {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * The challenge that goes before a verifier (method S256).
 * @param {string} verifier
 */
export async function challengeOf(verifier) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return base64Url(new Uint8Array(digest));
}

/** @param {Uint8Array} bytes */
function base64Url(bytes) {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
