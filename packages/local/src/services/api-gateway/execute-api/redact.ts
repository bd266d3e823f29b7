/** Redacts secrets as API Gateway's execution log does. */

const SHOWN = 6;

/** Keys and tokens are at least this long; a shorter text can be anything that a caller sent, and is hidden whole. */
const SHORTEST = 20;

/** Recorded: stars, and the last six characters. */
export function redact(secret: string): string {
  const shown = secret.length < SHORTEST ? 0 : SHOWN;
  const hidden = secret.length - shown;
  return "*".repeat(hidden) + secret.slice(hidden);
}
