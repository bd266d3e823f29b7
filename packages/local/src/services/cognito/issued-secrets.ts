/** Values by opaque tokens: only the hash of a token is kept; each has an expiry, and the newest are kept. */
import { hashOf, newOpaqueToken } from "./random.ts";

/** How long a value is kept, in milliseconds, and how many are. */
interface Bounds {
  lifetime: number;
  most: number;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Values by the secrets that were issued for them. */
export interface IssuedSecrets<Value> {
  /** Keeps a value, in place of the oldest if there are too many, and returns its secret. */
  issue(value: Value): string;
  /** The value of a secret; undefined if it never was one, or not any more. */
  find(secret: string): Value | undefined;
  /** Ends a secret. */
  end(secret: string): void;
}

/** Creates an empty store. */
export function createIssuedSecrets<Value>({ lifetime, most, now }: Bounds): IssuedSecrets<Value> {
  // The oldest first.
  const entries = new Map<string, { value: Value; expiresAt: number }>();
  return {
    issue(value) {
      const secret = newOpaqueToken();
      entries.set(hashOf(secret), { value, expiresAt: now() + lifetime });
      const [oldest] = entries.keys();
      if (entries.size > most && oldest !== undefined) entries.delete(oldest);
      return secret;
    },
    find(secret) {
      const entry = entries.get(hashOf(secret));
      return entry !== undefined && entry.expiresAt > now() ? entry.value : undefined;
    },
    end(secret) {
      entries.delete(hashOf(secret));
    },
  };
}
