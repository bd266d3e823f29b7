/** Two tasks of which neither is worth going on with without the other. */

/** Runs two tasks side by side; a failure aborts the other, and is thrown once both have ended. */
export async function together<Result>(
  signal: AbortSignal,
  main: (either: AbortSignal) => Promise<Result>,
  other: (either: AbortSignal) => Promise<void>,
): Promise<Result> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const run = async <T>(task: (either: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      return await task(either);
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  };
  const both = [run(main), run(other)] as const;
  await Promise.allSettled(both);
  either.throwIfAborted();
  return both[0];
}
