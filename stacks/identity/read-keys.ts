/** Reads a user pool's public keys: over HTTPS, with a time limit, and again when that fails. */
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";

const jwksSchema = z.object({
  keys: z
    .array(z.object({ kid: z.string(), kty: z.string(), n: z.string(), e: z.string() }).loose())
    .min(1),
});

/** How keys are read: what fetches, and how long and how often it is waited for. */
export interface KeyReading {
  readonly fetchUrl: typeof fetch;
  /** For one attempt, its body included. */
  readonly timeoutMs: number;
  /** Before each further attempt. */
  readonly delaysMs: readonly number[];
}

const reading: KeyReading = { fetchUrl: fetch, timeoutMs: 5_000, delaysMs: [500, 1_000, 2_000] };

/**
 * The JSON Web Key Set at an address.
 * @throws Error for an address that is not HTTPS, and when the last attempt fails, with its reason.
 */
export async function readKeys(url: string, { fetchUrl, timeoutMs, delaysMs } = reading) {
  if (!url.startsWith("https://"))
    throw new Error(`Keys are read over HTTPS only, not from ${url}.`);
  for (let attempt = 0; ; attempt += 1) {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetchUrl(url, { signal, redirect: "error" });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return jwksSchema.parse(await response.json());
    } catch (cause) {
      const wait = delaysMs[attempt];
      if (wait === undefined) {
        throw new Error(`The keys at ${url} could not be read: ${reasonOf(cause)}.`, { cause });
      }
      await delay(wait);
    }
  }
}

/** `fetch` says only that it failed; the reason is its cause. */
function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return "they are not a key set";
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
