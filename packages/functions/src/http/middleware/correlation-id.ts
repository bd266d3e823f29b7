/** Gives each request the id under which it is found in every log: the gateway's request id. */
import { correlationIdSchema } from "@secure-lambda/core";
import type { MiddlewareHandler } from "hono";
import * as z from "zod/mini";
import type { AppEnv } from "../app-env.ts";

const gatewaySchema = z.object({
  requestContext: z.object({ requestId: correlationIdSchema }),
});

/** Sets the correlation id: API Gateway's request id or, without a valid one, a new UUID. */
export const correlationId = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  const gateway = gatewaySchema.safeParse(c.env);
  const id = gateway.success ? gateway.data.requestContext.requestId : crypto.randomUUID();
  c.set("correlationId", id);
  await next();
};
