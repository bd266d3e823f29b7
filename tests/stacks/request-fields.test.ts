/** What API Gateway validates and says of bodies that are richer than this app's own. */
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { serveOrders } from "../../packages/local/test/services/api-gateway/rules.ts";
import { templateOf } from "../../stacks/api/gateway-problems.ts";
import { fieldsOf, requestModelSchema } from "../../stacks/api/request-model.ts";

const order = {
  schema: z.strictObject({
    id: z.uuid(),
    tone: z.optional(z.enum(["warm", "dry"])),
    address: z.optional(
      z.strictObject({ city: z.string(), zip: z.string().check(z.regex(/^\d{5}$/)) }),
    ),
    pattern: z.optional(z.array(z.email())),
  }),
  example: { id: "00000000-0000-4000-8000-000000000000" },
};

describe("the model of a body with formats, patterns and an object within it", () => {
  let post: ReturnType<typeof serveOrders>["post"];
  beforeAll(() => {
    ({ post } = serveOrders({
      models: { Order: JSON.parse(requestModelSchema(order)) },
      rules: { requestModels: { $default: "Order" } },
      validator: { validateRequestBody: true },
    }));
  });
  const statusOf = async (fields: object) => {
    const body = JSON.stringify({ ...order.example, ...fields });
    return (await post(body, { "content-type": "application/json" })).status;
  };

  it.each([
    ["no optional field", {}],
    [
      "each field",
      { tone: "dry", address: { city: "Rome", zip: "00100" }, pattern: ["a@b.example"] },
    ],
    ["what only the function checks", { id: "no UUID", address: { city: "Rome", zip: "x" } }],
  ])("accepts %s", async (_, fields) => {
    expect(await statusOf(fields)).toBe(200);
  });

  it.each([
    ["another value", { tone: "loud" }],
    ["a field too few in the object", { address: { city: "Rome" } }],
    ["a field too many in the object", { address: { city: "Rome", zip: "00100", street: "x" } }],
  ])("rejects %s", async (_, fields) => {
    expect(await statusOf(fields)).toBe(400);
  });
});

it("names the fields of an object within a body by their path, without patterns", () => {
  expect(fieldsOf(order)).toEqual([
    { field: "id", required: true, rule: "type string, format uuid" },
    { field: "tone", required: false, rule: "type string, enum [warm,dry]" },
    { field: "address", required: false, rule: "type object" },
    { field: "address.city", required: true, rule: "type string" },
    { field: "address.zip", required: true, rule: "type string" },
    { field: "pattern", required: false, rule: "type array, items {type:string,format:email}" },
  ]);
});

it("lets no dollar sign of the contract begin a variable of API Gateway", () => {
  const problem = {
    type: "about:blank",
    title: "Bad Request",
    detail: "Pay in $.",
    errors: [{ field: "price", message: "costs $context.identity.sourceIp" }],
  };
  const template = templateOf(problem);
  expect(template.match(/\$.*?"/g)).toEqual(['$context.requestId"']);
  expect(JSON.parse(template)).toEqual({ ...problem, requestId: "$context.requestId" });
});
