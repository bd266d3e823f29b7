/**
 * Bodies that parsers read in different ways: the local gateway's validator and the function agree, and
 * what is greeted is what was validated. How API Gateway's own validator reads them is not documented.
 */
import { greetRequest } from "@secure-lambda/functions/contract";
import { expect, test } from "vitest";
import * as z from "zod";
import { handle } from "../../packages/functions/src/http/lambda.ts";
import { serveOrders } from "../../packages/local/test/services/api-gateway/rules.ts";
import { invokeRest } from "../support/rest-event.ts";
import { pool1 } from "./pools.ts";
import { setUpApp } from "./set-up-app.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const models = {
  GreetRequest: z.toJSONSchema(greetRequest.schema, { target: "draft-4", io: "input" }),
};
const validated = serveOrders({
  models,
  rules: { requestModels: { "application/json": "GreetRequest" } },
  validator: { validateRequestBody: true },
});
const passedOn = serveOrders();
const eventSchema = z.looseObject({});

/** What each of the two makes of a body, and which names are greeted. */
async function decisions(body: Bytes, contentType: string) {
  const headers = { "content-type": contentType, authorization: pool1.token() };
  const call = { method: "POST", headers, body };
  const { status: gateway } = await validated.send("/orders/7", call);
  expect((await passedOn.send("/orders/7", call)).status).toBe(200);
  const event = { ...eventSchema.parse(passedOn.events.at(-1)), path: "/lambda1" };
  const { app, publisher } = setUpApp();
  const { statusCode: lambda } = await invokeRest(handle(app), event);
  const base64 = Buffer.from(body).toString("base64");
  const { app: other } = setUpApp();
  const encoded = { ...event, body: base64, isBase64Encoded: true };
  const { statusCode: ofBase64 } = await invokeRest(handle(other), encoded);
  return { gateway, lambda, ofBase64, names: publisher.published.map(({ name }) => name) };
}

const bytes = (...parts: (string | number)[]): Bytes =>
  Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.of(part))),
  );
const utf16 = (text: string) => Buffer.from(text, "utf16le");
/** The other fields of the contract's example, if it has any. */
const rest = Object.entries<unknown>({ ...greetRequest.example, name: undefined })
  .filter(([, value]) => value !== undefined)
  .map(([field, value]) => `,"${field}":${JSON.stringify(value)}`)
  .join("");
const bom = [0xef, 0xbb, 0xbf];
const named = (name: string) => `{"name":"${name}"${rest}}`;
const good = named("Ada");
const json = "application/json";
const refused = { gateway: 400, lambda: 400, ofBase64: 400, names: [] };

test.each<[string, Bytes, string?]>([
  ["a byte order mark", bytes(...bom, good)],
  ["two byte order marks", bytes(...bom, ...bom, good)],
  ["nothing but a byte order mark", bytes(...bom)],
  ["a byte order mark after a space", bytes(" ", ...bom, good)],
  ["a byte order mark at the end", bytes(good, ...bom)],
  ["UTF-16", utf16(good)],
  ["UTF-16, with its mark", utf16(`\uFEFF${good}`)],
  ["UTF-16, as it says", utf16(good), "application/json; charset=utf-16"],
  ["UTF-16 of the other order", utf16(`\uFEFF${good}`).swap16()],
  ["NUL at the end", bytes(good, 0)],
  ["NUL at the start", bytes(0, good)],
  ["NUL in the name", bytes('{"name":"A', 0, '"}')],
  ["text behind it", bytes(good, "x")],
  ["a second document", bytes(good, good)],
  ["a comment", bytes(good, "//")],
  ["a comma too many", bytes('{"name":"Ada",}')],
  ["no quotes around the key", bytes('{name:"Ada"}')],
  ["other spaces", bytes("\u00A0", good)],
  ["a form feed", bytes(good, "\f")],
  ["a line break in the name", bytes(named("A\nda"))],
  ["an escape of JavaScript", bytes(named(String.raw`\x41`))],
  ["an escape that is cut off", bytes(named(String.raw`\u00`))],
  ["an object in a list", bytes(`[${good}]`)],
  ["a list without end", bytes("[".repeat(16_000))],
  ["a deep list", bytes(`{"name":${"[".repeat(8_000)}${"]".repeat(8_000)}}`)],
  [
    "deep objects beside the name",
    bytes(`{"name":"Ada","a":${'{"a":'.repeat(2_000)}1${"}".repeat(2_000)}}`),
  ],
  ["a number that is no double", bytes('{"name":1e999}')],
  ["a number of many digits", bytes(`{"name":${"9".repeat(5_000)}}`)],
  ["a number beside the name", bytes('{"name":"Ada","a":-1e999}')],
  ["a prototype", bytes('{"name":"Ada","__proto__":{"name":"Eve"}}')],
  ["only a prototype", bytes('{"__proto__":{"name":"Ada"}}')],
  ["an escaped prototype", bytes(String.raw`{"name":"Ada","\u005f_proto__":{}}`)],
  ["a constructor", bytes('{"name":"Ada","constructor":{"prototype":{}}}')],
  ["the key twice, the last of which is no name", bytes('{"name":"Ada","name":1}')],
  ["the key in capitals", bytes('{"Name":"Ada"}')],
  ["the key in other letters", bytes('{"n\u0430me":"Ada"}')],
  ["an empty key", bytes('{"":"Ada"}')],
])("is refused by both: %s", async (_, body, contentType = json) => {
  expect(await decisions(body, contentType)).toEqual(refused);
});

test.each<[string, Bytes]>([
  ["a byte that is no UTF-8", bytes('{"name":"A', 0xff, '"}')],
  ["Latin-1", Buffer.from(named("Zoë"), "latin1")],
  ["a letter that is cut off", bytes('{"name":"A', 0xc3, '"}')],
  ["a letter that is longer than needed", bytes('{"name":"A', 0xc1, 0x81, '"}')],
  ["half of a surrogate pair", bytes('{"name":"A', 0xed, 0xa0, 0xbd, '"}')],
])("is refused at the gateway, as no event shows it: %s", async (_, body) => {
  const { gateway, ofBase64 } = await decisions(body, json);
  expect({ gateway, ofBase64 }).toEqual({ gateway: 400, ofBase64: 400 });
});

// A model cannot say which characters a name may hold.
test.each<[string, Bytes]>([
  ["half of a surrogate pair", bytes(named(String.raw`A\ud83d`))],
  ["the halves in the other order", bytes(named(String.raw`\ude00\ud83d`))],
  ["NUL", bytes(named(String.raw`A\u0000da`))],
  ["spaces only", bytes(named("   "))],
])("is refused by the function, when it is escaped in the name: %s", async (_, body) => {
  expect(await decisions(body, json)).toMatchObject({ gateway: 200, lambda: 400, ofBase64: 400 });
});

test.each<[string, string, string]>([
  ["spaces around it", `\r\n\t ${good}\n`, "Ada"],
  ["the key twice: both take the last", `{"name":1,"name":"Eve"${rest}}`, "Eve"],
  ["the key twice, once escaped", String.raw`{"name":"Ada","n\u0061me":"Eve"${rest}}`, "Eve"],
  ["escapes", named(String.raw`\u0041\u0064\u0061\/\"`), 'Ada/"'],
  ["a surrogate pair in escapes", named(String.raw`\ud83d\ude80`), "🚀"],
  ["letters of two to four bytes", named("Zoë 字🚀"), "Zoë 字🚀"],
])("is taken by both: %s", async (_, text, name) => {
  const taken = { gateway: 200, lambda: 200, ofBase64: 200, names: [name] };
  for (const contentType of [json, "application/json; charset=utf-8", "Application/JSON;x=y"]) {
    expect(await decisions(bytes(text), contentType)).toEqual(taken);
  }
});

test.each([
  "",
  "text/plain",
  "application/jsonx",
  "application/json, text/plain",
  "text/plain, application/json",
  "application/problem+json",
  ";application/json",
  "application /json",
])("a body of another type is the function's to refuse: %j", async (contentType) => {
  const { lambda, ofBase64 } = await decisions(bytes(good), contentType);
  expect({ lambda, ofBase64 }).toEqual({ lambda: 415, ofBase64: 415 });
});
