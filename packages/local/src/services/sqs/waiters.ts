/** Long polls that wait for a queue to change. */

/** Creates an empty set of waiters. */
export function createWaiters() {
  const waiting = new Set<() => void>();
  return {
    /** Wakes every poll, which then checks the queue again. */
    wake(): void {
      for (const go of waiting) go();
    },

    /** Resolves at the next `wake`, after some milliseconds if they are given, or when the signal aborts. */
    async next(signal: AbortSignal, afterMs: number | undefined): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const go = () => resolve();
      const timer = afterMs === undefined ? undefined : setTimeout(go, afterMs);
      waiting.add(go);
      signal.addEventListener("abort", go);
      await promise;
      clearTimeout(timer);
      waiting.delete(go);
      signal.removeEventListener("abort", go);
    },
  };
}
