/** Redacts secrets as API Gateway's execution log does. */

const SHOWN = 6;

/** No key and no token is shorter: what is may be anything else that a caller sent. */
const SHORTEST = 20;

/** Recorded: stars, and the last six characters. */
export function redact(secret: string): string {
  const shown = secret.length < SHORTEST ? 0 : SHOWN;
  const hidden = secret.length - shown;
  return "*".repeat(hidden) + secret.slice(hidden);
}
