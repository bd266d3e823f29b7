/** The lightweight web classes do what Node's do, as far as they go, and refuse the rest. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { LightweightHeaders } from "../src/web-shims/headers.ts";
import { installWebShims } from "../src/web-shims/install.ts";
import { LightweightRequest, LightweightResponse } from "../src/web-shims/messages.ts";
import { handle } from "../../functions/src/http/lambda.ts";
import { baseRestEvent, invokeRest, withHeaders } from "../../../tests/support/rest-event.ts";
import { pool1, pool2 } from "../../../tests/functions/pools.ts";
import { setUpApp } from "../../../tests/functions/set-up-app.ts";

const node = { Headers, Request, Response };

afterEach(() => {
  Object.assign(globalThis, node);
});

/** What `run` gives, or the kind of error that it ends with. */
function outcomeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error instanceof Error ? error.constructor.name : error;
  }
}

/** What both kinds of headers can do. */
interface AnyHeaders {
  append(name: string, value: string): void;
  delete(name: string): void;
  entries(): Iterable<readonly [string, string]>;
  forEach(visit: (value: string, name: string) => void): void;
  get(name: string): string | null;
  getSetCookie(): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
}

const fieldsOf = ({
  url,
  method,
  headers,
}: {
  url: string;
  method: string;
  headers: AnyHeaders;
}) => [url, method, [...headers.entries()]];

test.each<[string, (headers: AnyHeaders) => unknown]>([
  ["a header by a name in any case", (h) => h.set("X-A", "1") ?? [h.get("x-a"), h.has("X-a")]],
  ["nothing for a header that is not there", (h) => [h.get("x-b"), h.has("x-b")]],
  ["two values as one", (h) => (h.append("a", "1"), h.append("A", "2"), h.get("a"))],
  ["the last value that was set", (h) => (h.append("a", "1"), h.set("a", "2"), h.get("a"))],
  ["nothing once it is deleted", (h) => (h.set("a", "1"), h.delete("A"), h.get("a"))],
  ["all by name", (h) => (h.set("B", "2"), h.set("a", "1"), [...h.entries()])],
  [
    "each to a visitor",
    (h) => {
      const seen: string[][] = [];
      h.set("A", "1");
      h.forEach((value, name) => seen.push([name, value]));
      return seen;
    },
  ],
  [
    "cookies apart",
    (h) => {
      h.append("Set-Cookie", "a=1, b");
      h.append("Set-Cookie", "c=2");
      return [h.getSetCookie(), h.get("set-cookie"), [...h.entries()]];
    },
  ],
  ["a value without space around it", (h) => (h.set("a", "\t\r\n 1 2 \n"), h.get("a"))],
  ["an empty value", (h) => (h.set("a", " "), h.get("a"))],
  ["no value that ends a line", (h) => h.set("a", "1\r\nb: 2")],
  ["no value with a null", (h) => h.set("a", "1\0")],
  ["no value beyond a byte", (h) => h.set("a", "ł")],
  ["no name with a space", (h) => h.append("a b", "1")],
  ["no empty name", (h) => h.get("")],
  ["no name that ends a line", (h) => h.has("a\n")],
])("headers give %s, as Node's do", (_, use) => {
  const lean = outcomeOf(() => use(new LightweightHeaders()));
  expect(lean).toEqual(outcomeOf(() => use(new node.Headers())));
});

test("headers refuse control characters that Node's let through", () => {
  expect(() => new LightweightHeaders({ a: "1\u0001" })).toThrow(TypeError);
});

const post = { method: "POST" };

test.each<[string, string, { method?: string; body?: string; headers?: Record<string, string> }]>([
  ["a URL with dots in its path", "https://a.example/b/../c?d=é", {}],
  ["a URL with an escaped path", "https://a.example/%6Cambda1", post],
  ["no URL", "https://", {}],
  ["a relative URL", "/lambda1", {}],
  ["credentials in the URL", "https://a:b@a.example/", {}],
  ["a method in lower case", "https://a.example/", { method: "post" }],
  ["a method of its own", "https://a.example/", { method: "brew" }],
  ["a method that is no word", "https://a.example/", { method: "A B" }],
  ["no method", "https://a.example/", { method: "" }],
  ["CONNECT", "https://a.example/", { method: "connect" }],
  ["GET with a body", "https://a.example/", { method: "GET", body: "{}" }],
  ["GET with an empty body", "https://a.example/", { method: "GET", body: "" }],
  ["a body", "https://a.example/", { ...post, body: "\u{FEFF}Zoë \uD800" }],
  ["headers", "https://a.example/", { ...post, headers: { "X-A": "1" }, body: "a" }],
  ["a wrong header", "https://a.example/", { headers: { a: "\n1\n1" } }],
])("a request with %s is made or refused as by Node", async (_, url, init) => {
  const lean = outcomeOf(() => fieldsOf(new LightweightRequest(url, init)));
  expect(lean).toEqual(outcomeOf(() => fieldsOf(new node.Request(url, init))));
  if (typeof lean === "string") return;
  const [mine, nodes] = [new LightweightRequest(url, init), new node.Request(url, init)];
  expect(await mine.text()).toBe(await nodes.text());
});

test.each<[string, string | Uint8Array<ArrayBuffer> | null, ResponseInit]>([
  ["text", "Zoë", {}],
  ["text of a type", "{}", { headers: { "Content-Type": "application/json" } }],
  ["bytes", Uint8Array.of(0xc3, 0xa9, 0xff), { status: 201 }],
  ["nothing", null, { status: 204 }],
  ["a body where there is none", "a", { status: 204 }],
  ["a status that is none", "a", { status: 99 }],
  ["a status too high", "a", { status: 600 }],
  ["half a status", "a", { status: 200.5 }],
])("a response with %s is made or refused as by Node", async (_, body, { status, headers }) => {
  const init = {
    ...(status !== undefined && { status }),
    headers: Object.fromEntries(new node.Headers(headers)),
  };
  const lean = outcomeOf(() => new LightweightResponse(body, init).status);
  // Node cuts a fraction off.
  const nodes =
    status === 200.5 ? "RangeError" : outcomeOf(() => new node.Response(body, init).status);
  expect(lean).toBe(nodes);
  if (typeof lean === "string") return;
  const [mine, other] = [new LightweightResponse(body, init), new node.Response(body, init)];
  expect([...mine.headers.entries()]).toEqual([...other.headers.entries()]);
  expect(await mine.text()).toBe(await other.text());
});

test("what they do not have is refused by name", () => {
  const stream = { method: "POST", body: new ReadableStream() };
  const refused: [new (...given: never[]) => unknown, unknown[], RegExp][] = [
    [LightweightRequest, ["https://a.example/", stream], /text and bytes/],
    [LightweightRequest, ["https://a.example/", { signal: AbortSignal.timeout(1) }], /"signal"/],
    [LightweightResponse, [new FormData()], /text and bytes/],
    [LightweightResponse, ["", { statusText: "Fine" }], /"statusText"/],
  ];
  for (const [made, given, reason] of refused) {
    expect(() => Reflect.construct(made, given)).toThrow(reason);
  }
});

describe("an event of API Gateway", () => {
  const greet = JSON.stringify({ name: "Zoë 👩‍🚀" });
  const event = (headers: Record<string, string> = {}) => ({
    ...baseRestEvent,
    ...withHeaders({
      Authorization: pool1.token(),
      "Content-Type": "application/json",
      ...headers,
    }),
    body: greet,
  });
  const good = event();

  test.each([
    ["a good one", good],
    ["one in Base64", { ...good, body: btoa("{}"), isBase64Encoded: true }],
    ["one without a token", event({ Authorization: "" })],
    ["another user's", event({ Authorization: pool2.token() })],
    ["one of another type", event({ "Content-Type": "text/plain" })],
    ["one that is no JSON", { ...good, body: "{" }],
    ["one that is too long", { ...good, body: JSON.stringify({ name: "a".repeat(20_000) }) }],
    ["one with unknown fields", { ...good, body: JSON.stringify({ name: "Ada", a: 1 }) }],
    ["one without a body", { ...good, body: null }],
    ["GET with a body", { ...good, httpMethod: "GET" }],
    ["HEAD", { ...good, httpMethod: "HEAD", body: null }],
    ["CONNECT", { ...good, httpMethod: "CONNECT" }],
    ["one to another path", { ...good, path: "/lambda3" }],
    ["one to a path with dots", { ...good, path: "/a/../lambda1" }],
    ["one to no path", { ...good, path: ":x" }],
    ["one with a header that is not ASCII", event({ "X-A": "ł" })],
    ["one with a header of two lines", event({ "X-A": "1\nb: 2" })],
    ["one with a header that has no name", event({ "": "1" })],
    ["one with a cookie of an answer", event({ "Set-Cookie": "a=1" })],
  ])("that is %s is answered as with Node's classes", async (_, given) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const nodes = await invokeRest(handle(setUpApp().app), given);
    installWebShims();
    expect(Response).toBe(LightweightResponse);
    expect(await invokeRest(handle(setUpApp().app), given)).toEqual(nodes);
  });
});
