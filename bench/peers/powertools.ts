/** The service on the router of Powertools for AWS Lambda. */
import { Router } from "@aws-lambda-powertools/event-handler/http";
import { routeRows } from "@secure-lambda/functions/contract";
import { greet, securityHeaders } from "./service.ts";

const app = new Router();
for (const route of routeRows) {
  app.post(route.path, async ({ req }) => {
    const requestId = crypto.randomUUID();
    const authorization = req.headers.get("authorization") ?? undefined;
    const reply = await greet(route, authorization, requestId, await req.json());
    return Response.json(reply.body, { status: reply.status, headers: securityHeaders });
  });
}

/** Handles one API Gateway REST proxy event. */
export const handler = async (event: unknown, context: Parameters<typeof app.resolve>[1]) =>
  app.resolve(event, context);
