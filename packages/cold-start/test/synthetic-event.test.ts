/** The synthetic event of a row: each part of a request from its example, as API Gateway would send it. */
import { greetResponse, type RouteRow } from "@secure-lambda/functions/contract";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { createSyntheticEvent } from "../src/priming/synthetic-event.ts";

const row: RouteRow = {
  name: "Greetings",
  method: "GET",
  path: "/greetings/{id}/{part}",
  userPool: 1,
  request: {
    param: {
      schema: z.object({ id: z.string(), part: z.string() }),
      example: { id: "a b/c", part: "1" },
    },
    query: { schema: z.object({ limit: z.string() }), example: { limit: "10" } },
  },
  response: greetResponse,
};

test("a route without a body has its parameters in the path and in the query", () => {
  expect(createSyntheticEvent(row, "token")).toMatchObject({
    httpMethod: "GET",
    path: "/greetings/a%20b%2Fc/1",
    multiValueQueryStringParameters: { limit: ["10"] },
    multiValueHeaders: { Authorization: ["Bearer token"] },
    body: null,
  });
});
