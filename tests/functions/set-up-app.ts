/** The whole external function over ports in memory: real routes, real token checks, no network. */
import { greetRequest, userPools as poolNumbers } from "@secure-lambda/functions/contract";
import type { Hono } from "hono";
import * as z from "zod";
import { createTokenVerifiers } from "../../packages/functions/src/auth/verify-token.ts";
import { compose } from "../../packages/functions/src/composition.ts";
import { loadConfig } from "../../packages/functions/src/config.ts";
import type { AppEnv } from "../../packages/functions/src/http/app-env.ts";
import { createApp } from "../../packages/functions/src/http/app.ts";
import type {
  RequestLog,
  RequestLogEntry,
} from "../../packages/functions/src/http/middleware/log-requests.ts";
import { topic } from "../core/domain/examples.ts";
import { createLogCollector } from "../fakes/log-collector.ts";
import { createInMemoryPublisher } from "../fakes/message-publisher.ts";
import { createInMemorySecret } from "../fakes/secret-loader.ts";
import { pool1, poolOf } from "./pools.ts";

/** The variables of the environment that a deployment sets. */
export const variables = {
  TOPIC_SECRET_ID: "topic-secret",
  USER_POOLS: JSON.stringify(
    Object.fromEntries(poolNumbers.map((number) => [number, poolOf(number).auth])),
  ),
};

/** The configuration in them. */
export const config = loadConfig(variables);

/** The body of a valid greeting request, but for these fields; an undefined one is left out. */
export const bodyWith = (fields: object): string =>
  JSON.stringify({ ...greetRequest.example, ...fields });

/** Creates the app, and gives access to what it published and, by default, logged. */
export function setUpApp({
  corsOrigin,
  log: other,
}: { corsOrigin?: string; log?: RequestLog } = {}) {
  const publisher = createInMemoryPublisher([topic]);
  const secret = createInMemorySecret(topic);
  const log = createLogCollector<RequestLogEntry>();
  const verifyTokenOf = createTokenVerifiers(config.userPools, {
    fetch: async () => {
      throw new Error("No test of the app may need a key that is not preloaded.");
    },
  });
  const adapters = { publisher, topicSecret: secret, verifyTokenOf, log: other ?? log };
  const app = createApp(compose({ ...config, corsOrigin }, adapters));
  return { app, publisher, secret, log };
}

/** What the Lambda handler gives a request besides itself. */
export const bindings = { correlationId: "request-1" };

/** Posts a valid request of pool 1's user to /lambda1, but for `changes`. */
export async function post(
  app: Hono<AppEnv>,
  changes: RequestInit & { readonly path?: string; readonly requestId?: string } = {},
): Promise<Response> {
  const { path = "/lambda1", requestId = "request-1", headers, ...init } = changes;
  return app.request(
    path,
    {
      method: "POST",
      headers: {
        Authorization: `Bearer ${pool1.token()}`,
        "Content-Type": "application/json",
        ...z.record(z.string(), z.string()).optional().parse(headers),
      },
      body: bodyWith({ name: "Ada" }),
      ...init,
    },
    { correlationId: requestId },
  );
}

const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  requestId: z.string(),
  errors: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
});

/** Reads an error answer, which must be a problem (RFC 9457) that repeats the answer's status. */
export async function readProblem(response: Response): Promise<z.infer<typeof problemSchema>> {
  const contentType = response.headers.get("content-type");
  if (contentType !== "application/problem+json") throw new Error(`A problem is no ${contentType}`);
  return problemSchema.extend({ status: z.literal(response.status) }).parse(await response.json());
}
