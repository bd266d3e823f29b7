/** The composition root of the external function: the only place that chooses adapters. */
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { createGreetAndPublish } from "@secure-lambda/core";
import {
  createCachedSecretLoader,
  createSecretsManagerSecretLoader,
  createSnsMessagePublisher,
} from "@secure-lambda/core/adapters";
import { SimpleFetcher } from "aws-jwt-verify/https";
import { createTokenVerifiers } from "./auth/verify-token.ts";
import type { Config } from "./config.ts";
import type { AppDeps } from "./http/app.ts";
import type { RequestLog } from "./http/middleware/log-requests.ts";
import { describeError } from "./logging/describe-error.ts";

/**
 * A request waits at most 9.7 s, inside the function's 10 s: 2 attempts × 0.75 s to fetch the pool's
 * keys, and 4 AWS calls (read the secret, publish, find the topic gone, read again, publish again) of
 * 2 attempts × 1 s with at most 0.05 s between them. A throttled attempt is answered at once (assumed).
 * `requestTimeout` ends at the response's headers, and by default only warns; `socketTimeout` ends a
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

/** What the app uses of the outside world. */
export type Adapters = Readonly<ReturnType<typeof createAdapters>>;

/** Creates what the app needs from the configuration, over these adapters. Makes no call yet. */
export function compose(config: Config, adapters: Adapters = createAdapters(config)): AppDeps {
  const { publisher, topicSecret, verifyTokenOf, log } = adapters;
  const greetAs = (greetsAs: string) => createGreetAndPublish({ greetsAs, publisher, topicSecret });
  return { verifyTokenOf, greetAs, log, corsOrigin: config.corsOrigin };
}

/** Creates the adapters for AWS. */
export function createAdapters(config: Config, sns = new SNSClient(awsClientOptions)) {
  const { topicSecretId, secretTtlSeconds: ttlSeconds, userPools } = config;
  const secretsManager = new SecretsManagerClient(awsClientOptions);
  const secret = createSecretsManagerSecretLoader(secretsManager, topicSecretId);
  const fetcher = new SimpleFetcher({ defaultRequestOptions: { responseTimeout: 750 } });
  const log: RequestLog = console;
  return {
    publisher: createSnsMessagePublisher(sns),
    topicSecret: createCachedSecretLoader(secret, { ttlSeconds, onStale: warnOfStaleSecret }),
    verifyTokenOf: createTokenVerifiers(userPools, fetcher),
    log,
  };
}

const warnOfStaleSecret = (error: Error) =>
  console.warn({ message: "Serving the last good secret", error: describeError(error) });
