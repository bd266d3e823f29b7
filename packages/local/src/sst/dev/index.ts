/** `sst dev` against the local cloud. */
export { isDebuggerPresent } from "./environment.ts";
export { SstDevFailedError, startDevSession, type DevOptions, type DevSession } from "./session.ts";
