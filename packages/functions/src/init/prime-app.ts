/** Runs made-up requests through the app, so that the first real one finds all code ready. */
import { makeGreetAndPublish, topicArnSchema } from "@secure-lambda/core";
import type { MessagePublisher } from "@secure-lambda/core";
import { mapRoutes, routes } from "@secure-lambda/core/contract";
import type { RoutePath } from "@secure-lambda/core/contract";
import { handle } from "hono/aws-lambda";
import type { VerifyToken } from "../auth/verify-token.ts";
import type { RouteAuth } from "../config.ts";
import { createApp } from "../http/app.ts";
import { inventEvent } from "./invented-event.ts";
import { inventToken } from "./invented-token.ts";

/** What priming exercises: the real token checks, and a publisher that publishes nothing. */
export interface PrimeDeps {
  readonly routeAuth: Readonly<Record<RoutePath, RouteAuth>>;
  readonly verifiers: Readonly<Record<RoutePath, VerifyToken>>;
  readonly pretendPublisher: MessagePublisher;
}

const topic = topicArnSchema.parse("arn:aws:sns:us-east-1:000000000000:invented");
const inventedSecret = { load: async () => topic, refresh: async () => topic };
const silentLog = { info() {}, error() {} };

/**
 * Sends one request for each route through a second app: the real routes, rules and adapters, but no
 * log, and a publisher that publishes nothing. Each route's real check refuses the invented token, as
 * it must, and only this app, which nobody else can reach, goes on all the same.
 */
export async function primeApp(deps: PrimeDeps): Promise<void> {
  const { routeAuth, verifiers, pretendPublisher } = deps;
  const handler = handle(
    createApp({
      log: silentLog,
      routes: mapRoutes(({ path, greeter }) => ({
        async verifyToken(authorization) {
          await verifiers[path](authorization).catch(() => undefined);
          return { subject: "nobody" };
        },
        greeter: makeGreetAndPublish({
          greeter,
          publisher: pretendPublisher,
          topic: inventedSecret,
        }),
      })),
    }),
  );
  for (const { path } of routes) {
    await handler(inventEvent(path, inventToken(routeAuth[path])));
  }
}
