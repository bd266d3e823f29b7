/** A cache in front of another secret loader: one read for each time to live. */
import { SecretUnavailableError } from "../domain/errors.ts";
import type { SecretLoader } from "../ports/outbound/secret-loader.ts";

const WAIT_AFTER_FAILURE_MS = 5_000;

/** How a value is cached. */
interface CacheOptions {
  /** How long a value counts as fresh, in seconds. */
  readonly ttlSeconds: number;
  /** The current time in milliseconds; by default the system's clock. */
  readonly now?: () => number;
  /** Called for each read that failed while the last good value could still be served. */
  readonly onStale: (error: SecretUnavailableError) => void;
}

/** `staleAt`: from when on `load` reads again. `refreshableAt`: from when on `refresh` does. */
interface Cached<T> {
  readonly value: T;
  readonly staleAt: number;
  readonly refreshableAt: number;
}

/**
 * Creates a loader that caches what `source` reads. Concurrent reads share one call. When a read
 * fails, the last good value is served and the source is left alone for 5 seconds, even by `refresh`;
 * without a last good value it throws `SecretUnavailableError`, and nothing is remembered.
 */
export function createCachedSecretLoader<T>(
  source: SecretLoader<T>,
  { ttlSeconds, now = Date.now, onStale }: CacheOptions,
): SecretLoader<T> {
  let cached: Cached<T> | undefined;
  let reading: Promise<T> | undefined;

  async function read(): Promise<T> {
    try {
      const value = await source.refresh();
      cached = { value, staleAt: now() + ttlSeconds * 1_000, refreshableAt: now() };
      return value;
    } catch (cause) {
      const error = toUnavailable(cause);
      if (cached === undefined) throw error;
      const resumeAt = now() + WAIT_AFTER_FAILURE_MS;
      cached = { value: cached.value, staleAt: resumeAt, refreshableAt: resumeAt };
      onStale(error);
      return cached.value;
    }
  }

  function readShared(): Promise<T> {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  return {
    async load() {
      return cached !== undefined && now() < cached.staleAt ? cached.value : readShared();
    },
    async refresh() {
      return cached !== undefined && now() < cached.refreshableAt ? cached.value : readShared();
    },
  };
}

function toUnavailable(cause: unknown): SecretUnavailableError {
  if (cause instanceof SecretUnavailableError) return cause;
  return new SecretUnavailableError("The secret could not be read.", { cause });
}
