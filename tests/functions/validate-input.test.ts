/** Which parameters of a path and of a query a route takes. */
import { Hono } from "hono";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import type { AppEnv } from "../../packages/functions/src/http/app-env.ts";
import { handle } from "../../packages/functions/src/http/lambda.ts";
import { validateInput } from "../../packages/functions/src/http/middleware/validate-input.ts";
import { onError } from "../../packages/functions/src/http/problems.ts";
import { baseRestEvent, invokeRest } from "../support/rest-event.ts";
import { bindings, readProblem } from "./set-up-app.ts";

const digits = z
  .string({ error: "is required" })
  .check(z.regex(/^\d+$/, { error: "must be digits" }));
const inputs = {
  param: { schema: z.strictObject({ id: digits }), example: { id: "7" } },
  query: {
    schema: z.strictObject({ limit: z.optional(digits), tag: z.optional(z.array(z.string())) }),
    example: {},
  },
};
const app = new Hono<AppEnv>();
app.onError(onError);
app.get("/greetings/:id", validateInput(inputs), (c) =>
  c.json({ ...c.req.valid("param"), ...c.req.valid("query") }),
);

test.each([
  ["/greetings/7", { id: "7" }],
  ["/greetings/7?limit=10", { id: "7", limit: "10" }],
  ["/greetings/7?tag=a&tag=b%20c", { id: "7", tag: ["a", "b c"] }],
])("%s is taken", async (path, taken) => {
  const response = await app.request(path, {}, bindings);
  expect(await response.json()).toEqual(taken);
});

test.each([
  ["/greetings/seven", "id", "must be digits"],
  ["/greetings/7?limit=ten", "limit", "must be digits"],
  ["/greetings/7?limit=1&limit=2", "limit", "is required"],
  ["/greetings/7?admin=1", "admin", "is not a known field"],
])("%s is refused with the field that is wrong", async (path, field, message) => {
  const problem = await readProblem(await app.request(path, {}, bindings));
  expect(problem).toMatchObject({ status: 400, errors: [{ field, message }] });
});

test("an event's query is passed, each value of it", async () => {
  const event = {
    ...baseRestEvent,
    httpMethod: "GET",
    path: "/greetings/7",
    multiValueQueryStringParameters: { tag: ["a&b", "ü"] },
  };
  const { body } = await invokeRest(handle(app), event);
  expect(JSON.parse(body)).toEqual({ id: "7", tag: ["a&b", "ü"] });
});

const address = z.strictObject({ city: z.string({ error: "is required" }) });
app.post(
  "/orders",
  validateInput({
    json: {
      model: "Order",
      schema: z.strictObject({ address, tags: z.optional(z.array(address)) }),
      example: { address: { city: "Rome" } },
    },
  }),
  (c) => c.json({}),
);

test.each([
  [{ address: {} }, "address.city", "is required"],
  [{ address: { city: "Rome", street: "x" } }, "address.street", "is not a known field"],
  [{ address: { city: "Rome" }, tags: [{}] }, "tags.0.city", "is required"],
  [
    { address: { city: "Rome", ["x".repeat(99)]: 1 } },
    `address.${"x".repeat(56)}…`,
    "is not a known field",
  ],
])(
  "a field of an object within the body is named by its path: %j",
  async (body, field, message) => {
    const response = await app.request(
      "/orders",
      {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      },
      bindings,
    );
    const problem = await readProblem(response);
    expect(problem).toMatchObject({ status: 400, errors: [{ field, message }] });
  },
);
