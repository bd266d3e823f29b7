/** Remembers which tokens one route has verified, so that their signatures are not checked again. */
import { hash } from "node:crypto";
import type { Caller } from "./verify-token.ts";

const CAPACITY = 256;
const KEPT_MS = 5 * 60_000;

/** The tokens that one route's check has accepted. */
interface VerifiedTokens {
  /** The caller whose token this is, if it was verified in the last five minutes and has not expired. */
  find(token: string): Caller | undefined;
  /** Remembers a token that was verified just now; `expiresAt` is its `exp`, in seconds. */
  keep(token: string, caller: Caller, expiresAt: number): void;
}

/**
 * Makes an empty memory, to be used by one route's check alone.
 *
 * Why it is safe: what makes a token good (signature, issuer, audience, use, start) does not change
 * while its text stays the same, but for its expiry, which is checked at each use, and the pool's
 * keys, which the verifier itself keeps for longer. A token is found only by the SHA-256 of its whole
 * text, so one changed character makes it unknown, and the memory holds no token that could leak. What
 * was refused is not kept, so a stranger cannot fill it; with 256 tokens the oldest is forgotten. A
 * token is verified anew after 5 minutes.
 */
export function makeVerifiedTokens(now: () => number): VerifiedTokens {
  const kept = new Map<string, { readonly caller: Caller; readonly goodUntil: number }>();
  return {
    find(token) {
      const digest = hash("sha256", token, "base64");
      const entry = kept.get(digest);
      if (entry === undefined) return undefined;
      if (now() < entry.goodUntil) return entry.caller;
      kept.delete(digest);
      return undefined;
    },
    keep(token, caller, expiresAt) {
      const [oldest] = kept.keys();
      if (kept.size >= CAPACITY && oldest !== undefined) kept.delete(oldest);
      const goodUntil = Math.min(expiresAt * 1_000, now() + KEPT_MS);
      kept.set(hash("sha256", token, "base64"), { caller, goodUntil });
    },
  };
}
