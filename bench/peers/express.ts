/** The service on Express, behind serverless-http. */
import { routeRows } from "@secure-lambda/functions/contract";
import express from "express";
import serverless from "serverless-http";
import { greet, securityHeaders } from "./service.ts";

const app = express();
app.disable("x-powered-by");
app.use(express.json({ limit: "16kb" }));
for (const route of routeRows) {
  app.post(route.path, (request, response, next) => {
    const requestId = request.header("x-request-id") ?? crypto.randomUUID();
    greet(route, request.header("authorization"), requestId, request.body).then(
      ({ status, body }) => response.set(securityHeaders).status(status).json(body),
      next,
    );
  });
}

/** Handles one API Gateway REST proxy event. */
export const handler = serverless(app, { requestId: "x-request-id" });
