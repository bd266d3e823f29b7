/** The service on Fastify, behind its own Lambda adapter. */
import awsLambdaFastify from "@fastify/aws-lambda";
import { routeRows } from "@secure-lambda/functions/contract";
import fastify from "fastify";
import { greet, securityHeaders } from "./service.ts";

const app = fastify({ bodyLimit: 16 * 1024 });
for (const route of routeRows) {
  app.route({
    method: "POST",
    url: route.path,
    async handler({ headers, id, body }, response) {
      const reply = await greet(route, headers.authorization, id, body);
      return response.headers(securityHeaders).code(reply.status).send(reply.body);
    },
  });
}

/** Handles one API Gateway REST proxy event. */
export const handler = awsLambdaFastify(app);
await app.ready();
