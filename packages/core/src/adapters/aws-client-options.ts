/** How long the clients of AWS wait, and how often they try. */

/**
 * A greeting waits at most 8.2 s: 4 AWS calls (read the secret, publish, find the topic gone, read
 * again, publish again) of 2 attempts × 1 s with at most 0.05 s between them. A throttled attempt is
 * answered at once (assumed). `requestTimeout` ends at the response's headers, and by default only warns; `socketTimeout` ends a
 * body that stalls.
 */
export const awsClientOptions = {
  maxAttempts: 2,
  // Each command's middleware stack is built once: nothing here changes it later.
  cacheMiddleware: true,
  requestHandler: {
    connectionTimeout: 500,
    requestTimeout: 1_000,
    socketTimeout: 1_000,
    throwOnRequestTimeout: true,
  },
};
