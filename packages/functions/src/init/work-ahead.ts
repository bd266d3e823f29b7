/** What the init phase does ahead of the first request, where Lambda gives the full CPU. */
import { describeError } from "../logging/describe-error.ts";
import type { ErrorDescription } from "../logging/describe-error.ts";

/** A step that was not done ahead. It holds nothing that a step has read. */
export interface LeftOut {
  readonly message: string;
  readonly error: ErrorDescription;
}

/** The steps by name, and how long to wait for them. */
export interface Ahead {
  readonly steps: Readonly<Record<string, () => Promise<unknown>>>;
  readonly limitMs: number;
  /** Told of each step that failed or took too long. */
  readonly warn: (entry: LeftOut) => void;
}

/** A step took longer than the init phase waits. */
class TooLongError extends Error {
  override readonly name = "TooLongError";
}

/**
 * Does all steps at once and resolves when each is done, has failed or has taken `limitMs`. It never
 * rejects: the first request does by itself what was not done ahead. A step that takes too long goes
 * on, and a request that needs its result may still get it.
 */
export async function workAhead({ steps, limitMs, warn }: Ahead): Promise<void> {
  const { promise: timeIsUp, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TooLongError("Init goes on without it.")), limitMs);
  const outcomes = Object.entries(steps).map(async ([step, run]) => {
    try {
      await Promise.race([run(), timeIsUp]);
    } catch (error) {
      const description = error instanceof Error ? describeError(error) : { type: "unknown" };
      warn({ message: `Not done ahead: ${step}`, error: description });
    }
  });
  await Promise.all(outcomes);
  clearTimeout(timer);
}
