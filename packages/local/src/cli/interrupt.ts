/** Lets a command clean up when it is interrupted. */

/** The reason for which a command ended that its user, or the system, has interrupted. */
export class InterruptedError extends Error {
  override name = "InterruptedError";
}

/** Aborts at the first SIGINT, SIGTERM or SIGHUP, which then no longer end the process by themselves. */
export function interruptSignal(message = "Interrupted."): AbortSignal {
  const interrupted = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => interrupted.abort(new InterruptedError(message)));
  }
  return interrupted.signal;
}

/** Aborts once the reader of the output has gone, as in `… | head`. */
export function closedOutputSignal(message: string): AbortSignal {
  const closed = new AbortController();
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (cause) => closed.abort(new InterruptedError(message, { cause })));
  }
  return closed.signal;
}
