/** Lets a command clean up when it is interrupted. */

/** The reason for which a command ended that a person, or the system, has interrupted. */
export class InterruptedError extends Error {
  override name = "InterruptedError";
}

/** Aborts at the first SIGINT, SIGTERM or SIGHUP, which then no longer end the process by themselves. */
export function interruptSignal(): AbortSignal {
  const interrupted = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => interrupted.abort(new InterruptedError("Interrupted.")));
  }
  return interrupted.signal;
}
