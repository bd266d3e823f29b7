/** Runs made-up requests through the app, so that the first real one finds all code ready. */
import { makeGreetAndPublish, topicArnSchema } from "@secure-lambda/core";
import type { MessagePublisher } from "@secure-lambda/core";
import { mapRoutes, routes } from "../contract/index.ts";
import type { RoutePath } from "../contract/index.ts";
import { handle } from "hono/aws-lambda";
import { TokenRefusedError } from "../auth/errors.ts";
import type { VerifyToken } from "../auth/verify-token.ts";
import type { RouteAuth } from "../config.ts";
import { createApp } from "../http/app.ts";
import { inventEvent } from "./invented-event.ts";
import { inventToken } from "./invented-token.ts";

/** What priming exercises: the real token checks, and a publisher that publishes nothing. */
interface PrimeDeps {
  readonly routeAuth: Readonly<Record<RoutePath, RouteAuth>>;
  readonly verifiers: Readonly<Record<RoutePath, VerifyToken>>;
  readonly pretendPublisher: MessagePublisher;
}

const topic = topicArnSchema.parse("arn:aws:sns:us-east-1:000000000000:invented");
const inventedSecret = { load: async () => topic, refresh: async () => topic };
const silentLog = { info() {}, error() {} };

/** A check let in whom nobody made a token for. */
class InventedTokenAcceptedError extends Error {
  override readonly name = "InventedTokenAcceptedError";
}

/**
 * Sends one request for each route through a second app: the real routes, rules and adapters, but no
 * log, and a publisher that publishes nothing. Each route's real check has to refuse the invented
 * token, and only this app, which nobody else can reach, goes on then. Rejects with the first error,
 * `InventedTokenAcceptedError` if a check accepts the token.
 */
export async function primeApp(deps: PrimeDeps): Promise<void> {
  const { routeAuth, verifiers, pretendPublisher } = deps;
  const app = createApp({
    log: silentLog,
    routes: mapRoutes(({ path, greeter }) => ({
      async verifyToken(authorization) {
        await mustRefuse(verifiers[path], authorization);
        return { subject: "nobody" };
      },
      greeter: makeGreetAndPublish({
        greeter,
        publisher: pretendPublisher,
        topic: inventedSecret,
      }),
    })),
  });
  app.onError((error) => {
    throw error;
  });
  const handler = handle(app);
  for (const { path } of routes) {
    await handler(inventEvent(path, inventToken(routeAuth[path])));
  }
}

async function mustRefuse(verify: VerifyToken, authorization: string | undefined): Promise<void> {
  try {
    await verify(authorization);
  } catch (error) {
    if (error instanceof TokenRefusedError) return;
    throw error;
  }
  throw new InventedTokenAcceptedError("A check accepted an invented token.");
}
