/** What is done in Lambda's init phase, where it gives the full CPU, before the first request. */
import { describeError, type ErrorDescription } from "@secure-lambda/core/describe-error";

/** A task that failed or took too long. It holds nothing that a task has read. */
export interface FailedInitTask {
  readonly message: string;
  readonly error: ErrorDescription;
}

/** The tasks by name, and how long to wait for them. */
export interface InitTasks {
  readonly tasks: Readonly<Record<string, () => Promise<unknown>>>;
  readonly limitMs: number;
  /** Called for each task that failed or took too long. */
  readonly warn: (failed: FailedInitTask) => void;
}

/** A task took longer than the init phase waits. */
class InitTimeoutError extends Error {
  override readonly name = "InitTimeoutError";
}

/**
 * Runs all tasks concurrently and resolves when each has succeeded, failed or taken `limitMs`. It
 * never rejects: the first request does by itself what a task has not done. A task that takes too
 * long continues, and a request that needs its result may still get it.
 */
export async function runInitTasks({ tasks, limitMs, warn }: InitTasks): Promise<void> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new InitTimeoutError("Init no longer waits.")), limitMs);
  const outcomes = Object.entries(tasks).map(async ([task, run]) => {
    try {
      await Promise.race([run(), timeout]);
    } catch (error) {
      const description = error instanceof Error ? describeError(error) : { type: "unknown" };
      warn({ message: `Init task failed: ${task}`, error: description });
    }
  });
  await Promise.all(outcomes);
  clearTimeout(timer);
}
