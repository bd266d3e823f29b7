/** Shows what a run is at, and ends it there when it is interrupted. */
import type { Terminal } from "@secure-lambda/local/command-line";

/** Where progress is shown, and what ends a run. */
export interface Progress {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Runs one step. `update` shows what it is at. @throws the signal's reason at the next update once it is aborted. */
export async function withStep<T>(
  { terminal, signal }: Progress,
  label: string,
  work: (update: (detail: string) => void) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const step = terminal.step(label);
  try {
    const result = await work((detail) => {
      signal.throwIfAborted();
      step.update(detail);
    });
    step.done();
    return result;
  } catch (error) {
    step.failed();
    throw error;
  }
}
