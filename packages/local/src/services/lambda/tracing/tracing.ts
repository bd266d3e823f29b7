/** X-Ray, as Lambda uses it. */
import type { TraceRecorder } from "./invocation-trace.ts";

/** Where traces are recorded, and the daemon to which functions report. */
export interface Tracing extends TraceRecorder {
  /** Opens the daemon; called before a function with active tracing is created. */
  readonly openDaemon: () => Promise<void>;
  /** `127.0.0.1:PORT` of the daemon; undefined while it is not open. */
  readonly daemonAddress: () => string | undefined;
}

/** Records nothing. */
export const noTracing: Tracing = {
  record: () => undefined,
  begin: () => false,
  openDaemon: () => Promise.resolve(),
  daemonAddress: () => undefined,
};
