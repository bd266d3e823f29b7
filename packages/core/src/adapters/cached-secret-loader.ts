/** Keeps a secret's value between requests, so that reading it costs one call per time to live. */
import { SecretUnavailableError } from "../domain/errors.ts";
import type { SecretLoader } from "../ports/outbound/secret-loader.ts";

const WAIT_AFTER_FAILURE_MS = 5_000;

/** How a secret is kept. */
interface CacheOptions {
  /** How long a value counts as fresh, in seconds. */
  readonly ttlSeconds: number;
  /** The current time in milliseconds; the system's clock unless told. */
  readonly now?: () => number;
  /** Told of each read that failed while the last good value could still be served. */
  readonly onStale: (error: SecretUnavailableError) => void;
}

/** `staleAt`: from when on `load` reads again. `refreshableAt`: from when on `refresh` does. */
interface Kept<T> {
  readonly value: T;
  readonly staleAt: number;
  readonly refreshableAt: number;
}

/**
 * Makes a loader that keeps what `read` answers. Reads that are asked for at the same time share one
 * call. A read that fails serves the last good value and the secret is left alone for 5 seconds,
 * even by `refresh`; without a last good value it throws `SecretUnavailableError`, and nothing is
 * remembered.
 */
export function cacheSecret<T>(read: () => Promise<T>, options: CacheOptions): SecretLoader<T> {
  const { ttlSeconds, now = Date.now, onStale } = options;
  let kept: Kept<T> | undefined;
  let reading: Promise<T> | undefined;

  async function readAnew(): Promise<T> {
    try {
      const value = await read();
      kept = { value, staleAt: now() + ttlSeconds * 1_000, refreshableAt: now() };
      return value;
    } catch (cause) {
      const error = toUnavailable(cause);
      if (kept === undefined) throw error;
      const resumeAt = now() + WAIT_AFTER_FAILURE_MS;
      kept = { value: kept.value, staleAt: resumeAt, refreshableAt: resumeAt };
      onStale(error);
      return kept.value;
    }
  }

  function readShared(): Promise<T> {
    reading ??= readAnew().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  return {
    async load() {
      return kept !== undefined && now() < kept.staleAt ? kept.value : readShared();
    },
    async refresh() {
      return kept !== undefined && now() < kept.refreshableAt ? kept.value : readShared();
    },
  };
}

function toUnavailable(cause: unknown): SecretUnavailableError {
  if (cause instanceof SecretUnavailableError) return cause;
  return new SecretUnavailableError("The secret could not be read.", { cause });
}
