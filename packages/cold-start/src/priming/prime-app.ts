/** Priming: synthetic requests run through the app, so that the first real one finds all code compiled. */
import { topicArnSchema } from "@secure-lambda/core";
import type { MessagePublisher } from "@secure-lambda/core";
import { TokenRefusedError } from "@secure-lambda/functions/auth/errors";
import type { VerifyToken } from "@secure-lambda/functions/auth/verify-token";
import { compose } from "@secure-lambda/functions/composition";
import type { Adapters } from "@secure-lambda/functions/composition";
import type { Config } from "@secure-lambda/functions/config";
import { routeRows, type UserPool } from "@secure-lambda/functions/contract";
import { createApp } from "@secure-lambda/functions/http/app";
import { handle } from "@secure-lambda/functions/http/lambda";
import { createSyntheticEvent } from "./synthetic-event.ts";
import { createSyntheticToken } from "./synthetic-token.ts";

/** What priming runs: the real token verifiers, and a publisher that publishes nothing. */
interface PrimeDeps {
  readonly config: Config;
  readonly adapters: Pick<Adapters, "verifyTokenOf">;
  readonly publisher: MessagePublisher;
}

const topic = topicArnSchema.parse("arn:aws:sns:us-east-1:000000000000:synthetic");
const topicSecret = { load: async () => topic, refresh: async () => topic };
const log = { info() {}, error() {} };

/** A verifier accepted a token that no user pool has issued. */
class SyntheticTokenAcceptedError extends Error {
  override readonly name = "SyntheticTokenAcceptedError";
}

/** A synthetic request was answered otherwise than a real one: the code behind its checks did not run. */
class NotPrimedError extends Error {
  override readonly name = "NotPrimedError";
}

/**
 * Sends one request for each route through a second app: the real routes, checks and use cases, but no
 * log, and a publisher that publishes nothing. Each route's real verifier has to refuse the synthetic
 * token, and only this app, which nothing else can reach, continues then. Rejects with the first
 * error, `SyntheticTokenAcceptedError` if a verifier accepts the token, `NotPrimedError` if a route
 * does not answer with 200.
 */
export async function primeApp({ config, adapters, publisher }: PrimeDeps): Promise<void> {
  const verifyTokenOf = (userPool: UserPool) => async (authorization: string | undefined) => {
    await mustRefuse(adapters.verifyTokenOf(userPool), authorization);
    return { subject: "nobody" };
  };
  const app = createApp(compose(config, { publisher, topicSecret, verifyTokenOf, log }));
  app.onError((error) => {
    throw error;
  });
  const handler = handle(app);
  for (const route of routeRows) {
    const token = createSyntheticToken(config.userPools[route.userPool]);
    const { statusCode, body } = await handler(createSyntheticEvent(route, token));
    if (statusCode !== 200) throw new NotPrimedError(`${route.name} got ${statusCode}: ${body}`);
  }
}

async function mustRefuse(verify: VerifyToken, authorization: string | undefined): Promise<void> {
  try {
    await verify(authorization);
  } catch (error) {
    if (error instanceof TokenRefusedError) return;
    throw error;
  }
  throw new SyntheticTokenAcceptedError("A verifier accepted a synthetic token.");
}
