/** The contract that infrastructure and functions share. */
import {
  greetRequestSchema,
  greetResponseSchema,
  mapRoutes,
  routes,
} from "@secure-lambda/functions/contract";
import { expect, test } from "vitest";
import * as z from "zod";

test("each route greets in its own name for its own user pool", () => {
  expect(routes).toEqual([
    { path: "/lambda1", greetsAs: "ExternalLambda1", userPool: 1 },
    { path: "/lambda2", greetsAs: "ExternalLambda2", userPool: 2 },
  ]);
});

test("mapping the routes makes one value for each path from that path's row", () => {
  expect(mapRoutes(({ greetsAs }) => greetsAs)).toEqual({
    "/lambda1": "ExternalLambda1",
    "/lambda2": "ExternalLambda2",
  });
});

test("a request holds a name and nothing else", () => {
  expect(greetRequestSchema.parse({ name: " Ada " })).toEqual({ name: "Ada" });
  expect(greetRequestSchema.safeParse({ name: "Ada", admin: true }).success).toBe(false);
  expect(greetRequestSchema.safeParse({}).success).toBe(false);
});

test("a response holds a message and a message id and nothing else", () => {
  const response = { message: "Hello Ada.", messageId: "1" };
  expect(greetResponseSchema.parse(response)).toEqual(response);
  expect(greetResponseSchema.safeParse({ ...response, topic: "t" }).success).toBe(false);
  expect(greetResponseSchema.safeParse({ ...response, messageId: "" }).success).toBe(false);
});

test("a request's JSON Schema bounds the name's length and refuses unknown keys", () => {
  expect(z.toJSONSchema(greetRequestSchema, { io: "input" })).toMatchObject({
    type: "object",
    properties: { name: { type: "string", minLength: 1, maxLength: 1_024 } },
    required: ["name"],
    additionalProperties: false,
  });
});
