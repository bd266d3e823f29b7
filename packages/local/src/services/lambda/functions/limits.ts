/** Lambda's limits (documented: LAMBDA/gettingstarted-limits). */

/** Bytes of a synchronous invocation's request. */
export const REQUEST_LIMIT = 6 * 1024 * 1024;

/** Bytes of a response; AWS's own error message has this number, 100 above the request's. */
export const RESPONSE_LIMIT = 6 * 1024 * 1024 + 100;

/** Bytes of an asynchronous invocation's request. */
export const ASYNC_REQUEST_LIMIT = 1024 * 1024;

/**
 * Bytes of a function's environment (documented: LAMBDA/configuration-envvars), as JSON: what AWS
 * measures is reported, as in localstack/localstack.
 */
export const ENVIRONMENT_LIMIT = 4 * 1024;

/** Bytes of a function's code when unpacked. */
export const CODE_LIMIT = 250 * 1024 * 1024;

/** The limit of the init phase. */
export const INIT_LIMIT_MS = 10_000;

/** Concurrent executions of an account, by default. */
export const ACCOUNT_CONCURRENCY = 1000;

/** The local cloud's own: bytes of the payloads that run or wait for an environment. */
export const RUNNING_PAYLOADS_LIMIT = 64 * 1024 * 1024;

/** The local cloud's own: bytes of the events that wait for their end, retries included. */
export const QUEUED_EVENTS_LIMIT = 64 * 1024 * 1024;
