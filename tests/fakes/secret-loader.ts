/** A secret loader whose secret is in memory. */
import type { SecretLoader } from "@secure-lambda/core";

/** A loader, and how often it was asked to read again. */
export interface InMemorySecret<T> extends SecretLoader<T> {
  readonly refreshes: () => number;
  /** Makes every later call throw `error`. */
  readonly breakWith: (error: Error) => void;
}

/** Makes a loader that loads `kept` until a refresh, and `current` from then on. */
export function createInMemorySecret<T>(kept: T, current: T = kept): InMemorySecret<T> {
  let refreshes = 0;
  let failure: Error | undefined;
  return {
    refreshes: () => refreshes,
    breakWith: (error) => {
      failure = error;
    },
    async load() {
      if (failure !== undefined) throw failure;
      return refreshes === 0 ? kept : current;
    },
    async refresh() {
      if (failure !== undefined) throw failure;
      refreshes += 1;
      return current;
    },
  };
}
