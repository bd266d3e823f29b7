/** The composition root of the external function: the only place that makes AWS clients. */
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { makeGreetAndPublish } from "@secure-lambda/core";
import { cacheSecret, makeSnsPublisher, makeTopicReader } from "@secure-lambda/core/adapters";
import { mapRoutes } from "./contract/index.ts";
import { SimpleFetcher } from "aws-jwt-verify/https";
import { makeTokenVerifiers } from "./auth/verify-token.ts";
import type { ExternalConfig } from "./config.ts";
import type { AppDeps } from "./http/app.ts";
import { makePretendTransport } from "./init/pretend-transport.ts";
import { primeApp } from "./init/prime-app.ts";
import { ReadyAgent } from "./init/ready-agent.ts";
import type { Ahead } from "./init/work-ahead.ts";
import { describeError } from "./logging/describe-error.ts";
import { SigningHash } from "./signing-hash.ts";

/**
 * What a request can wait for, in the worst case:
 *
 * - the user pool's keys, fetched for an unknown key id: 2 tries × 0.75 s = 1.5 s;
 * - 4 AWS calls (read the secret, publish, find the topic gone, read again, publish again), each
 *   2 attempts × 1 s and at most 0.05 s between them: 4 × 2.05 s = 8.2 s. After a throttled attempt
 *   the SDK waits up to 1 s, but such an attempt is answered at once instead of running out
 *   (assumed).
 *
 * Together 9.7 s, inside the function's 10 s. `requestTimeout` runs from the start of an attempt to
 * the answer's headers, and only warns unless it is told to throw; the bodies are a few hundred
 * bytes, which come with the headers (assumed), and `socketTimeout` ends one that stalls.
 */
const aws = {
  maxAttempts: 2,
  // Each command's chain of middlewares is built once: nothing here changes it later.
  cacheMiddleware: true,
  sha256: SigningHash,
  requestHandler: {
    connectionTimeout: 500,
    requestTimeout: 1_000,
    socketTimeout: 1_000,
    throwOnRequestTimeout: true,
  },
};
const keyFetch = { responseTimeout: 750 };

/** How long the init phase waits for what it does ahead; Lambda allows it 10 s (documented). */
const INIT_LIMIT_MS = 1_000;

/** The external function: what its app needs, and what is worth doing before the first request. */
export interface External {
  readonly app: AppDeps;
  readonly ahead: Ahead;
}

/** Makes all that the function needs from the configuration. Makes no call yet. */
export function composeExternal(config: ExternalConfig): External {
  const agent = new ReadyAgent();
  const requestHandler = { ...aws.requestHandler, httpsAgent: agent };
  const publisher = makeSnsPublisher(signingAlike(new SNSClient({ ...aws, requestHandler })));
  const readTopic = makeTopicReader(new SecretsManagerClient(aws), config.topicSecretId);
  const topic = cacheSecret(readTopic, {
    ttlSeconds: config.secretTtlSeconds,
    onStale: (error) => {
      console.warn({ message: "Serving the last good secret", error: describeError(error) });
    },
  });
  const { routeAuth, corsOrigin } = config;
  const fetcher = new SimpleFetcher({ defaultRequestOptions: keyFetch });
  const verifiers = makeTokenVerifiers(routeAuth, fetcher);

  async function primeAndConnect(): Promise<void> {
    const pretend = makePretendTransport();
    const pretendClient = new SNSClient({ ...aws, requestHandler: pretend.requestHandler });
    const pretendPublisher = makeSnsPublisher(signingAlike(pretendClient));
    await primeApp({ routeAuth, verifiers, pretendPublisher });
    await agent.openAhead(pretend.destination());
  }

  return {
    app: {
      routes: mapRoutes(({ path, greeter }) => ({
        verifyToken: verifiers[path],
        greeter: makeGreetAndPublish({ greeter, publisher, topic }),
      })),
      log: console,
      corsOrigin,
    },
    ahead: {
      steps: { "reading the secret": () => topic.load(), "rehearsing a request": primeAndConnect },
      limitMs: INIT_LIMIT_MS,
      warn: (entry) => console.warn(entry),
    },
  };
}

/**
 * Has a client keep its signer, where it would copy its whole configuration for a new one at each
 * request. Region and service stay the same; credentials are asked for at each signature all the same.
 */
function signingAlike(client: SNSClient): SNSClient {
  const make = client.config.signer;
  let signer: ReturnType<typeof make> | undefined;
  client.config.signer = (scheme) => (signer ??= make(scheme));
  return client;
}
