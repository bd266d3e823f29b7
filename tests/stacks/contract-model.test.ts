/**
 * The contract's request model in the local API Gateway: it rejects what the function rejects, and
 * no valid body.
 */
import { greetRequest } from "@secure-lambda/functions/contract";
import { beforeAll, describe, expect, it } from "vitest";
import { requestModelSchema } from "../../stacks/api/request-model.ts";
import { serveOrders } from "../../packages/local/test/services/api-gateway/rules.ts";

const json = { "content-type": "application/json" };
const family = "👨‍👩‍👧‍👦";

let post: ReturnType<typeof serveOrders>["post"];
beforeAll(() => {
  ({ post } = serveOrders({
    models: { GreetRequest: JSON.parse(requestModelSchema(greetRequest)) },
    rules: { requestModels: { $default: "GreetRequest" } },
    validator: { validateRequestBody: true },
  }));
});

describe("the model of the contract", () => {
  it.each([
    ["a plain name", "Ada"],
    ["one character", "字"],
    ["spaces at the ends", "  Ada Lovelace  "],
    ["256 characters", "a".repeat(256)],
    ["characters of several code points", family.repeat(90)],
    ["combining marks that NFC joins", "e\u0301".repeat(256)],
    ["quotes, braces and signs", `O'Neil "x" {$} <b> \\ ;--`],
    ["a right-to-left name", "مريم"],
  ])("accepts what the function accepts: %s", async (_, name) => {
    const body = { ...greetRequest.example, name };
    expect(greetRequest.schema.safeParse(body).success).toBe(true);
    expect((await post(JSON.stringify(body), json)).status).toBe(200);
  });

  it.each([
    ["no body", ""],
    ["text that is not JSON", "name=Ada"],
    ["a string instead of an object", '"Ada"'],
    ["an array", '[{"name":"Ada"}]'],
    ["no name", "{}"],
    ["an empty name", '{"name":""}'],
    ["a name that is a number", '{"name":1}'],
    ["a name that is null", '{"name":null}'],
    ["a name that is an object", '{"name":{"toString":"Ada"}}'],
    ["a key that is not in the contract", '{"name":"Ada","topicArn":"arn:aws:sns:::x"}'],
    ["a prototype", '{"name":"Ada","__proto__":{"admin":true}}'],
    ["an endless name", JSON.stringify({ name: "a".repeat(1_025) })],
  ])("rejects %s, as the function does", async (_, text) => {
    expect((await post(text, json)).status).toBe(400);
    expect(greetRequest.schema.safeParse(parsed(text)).success).toBe(false);
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
