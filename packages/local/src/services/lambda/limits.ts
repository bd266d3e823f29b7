/** Documented limits of Lambda (LAMBDA/gettingstarted-limits). */

/** Bytes of a synchronous invocation's request. */
export const REQUEST_LIMIT = 6 * 1024 * 1024;

/** Bytes of an answer; AWS's own error message states this number, 100 above the request's. */
export const RESPONSE_LIMIT = 6 * 1024 * 1024 + 100;

/** Bytes of an asynchronous invocation's request. */
export const ASYNC_REQUEST_LIMIT = 1024 * 1024;

/** Bytes of a function's code when unpacked. */
export const CODE_LIMIT = 250 * 1024 * 1024;

/** How long an environment may take to become ready. */
export const INIT_LIMIT_MS = 10_000;
