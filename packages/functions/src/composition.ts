/** The composition root of the external function: the only place that chooses adapters. */
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { createGreetAndPublish } from "@secure-lambda/core";
import {
  awsClientOptions,
  createCachedSecretLoader,
  createSecretsManagerSecretLoader,
  createSnsMessagePublisher,
} from "@secure-lambda/core/adapters";
import { describeError } from "@secure-lambda/core/describe-error";
import { SimpleFetcher } from "aws-jwt-verify/https";
import { createTokenVerifiers } from "./auth/verify-token.ts";
import type { Config } from "./config.ts";
import type { AppDeps } from "./http/app.ts";
import type { RequestLog } from "./http/middleware/log-requests.ts";

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
  // At most 2 attempts: with those of the AWS clients a request waits 9.7 s of the function's 10 s.
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
