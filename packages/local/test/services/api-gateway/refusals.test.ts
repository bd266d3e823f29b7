/**
 * What never becomes a request has the form of the API's own errors: what Node's HTTP parser would
 * answer by itself. AWS does not document its responses.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { head, host, last, setUpListener, statuses } from "./raw-connections.ts";

const { customizeErrors, harness, open, sendRaw, serveImpatiently } = setUpListener();

beforeEach(() => {
  customizeErrors("application/problem+json", '{"requestId":"$context.requestId"}');
});

/**
 * The status of the one response, which is in the API's own form, and of which the connection ends; no
 * function was called.
 */
async function refusal(bytes: string) {
  const answer = await sendRaw(bytes);
  const [headers = "", body = ""] = answer.split("\r\n\r\n");
  const [id = ""] = /[0-9a-f-]{36}/.exec(body) ?? [];
  expect(body).toBe(`{"requestId":"${id}"}`);
  const lines = headers.toLowerCase().split("\r\n").slice(1);
  expect(lines).toEqual(
    expect.arrayContaining([
      "content-type: application/problem+json",
      "x-frame-options: deny",
      "connection: close",
      `content-length: ${body.length}`,
      `x-amzn-requestid: ${id}`,
    ]),
  );
  expect(harness().events).toEqual([]);
  return { statuses: statuses(answer), lines };
}

const chunked = head("POST /a HTTP/1.1", "transfer-encoding: chunked");
const long = "x".repeat(70_000);

describe("a request is refused in the API's own form", () => {
  it.each([
    ["garbage", 400, "NONSENSE\r\n\r\n"],
    ["the beginning of TLS", 400, "\u0016\u0003\u0001\u0002\u0000\u0001"],
    ["HTTP/2", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["an unknown version", 400, head("GET /a HTTP/9.9")],
    ["an unknown method", 400, head("GREET /a HTTP/1.1")],
    ["no target", 400, head("GET HTTP/1.1")],
    ["a target that is no path", 400, head("GET a HTTP/1.1")],
    ["no target but the server itself", 400, head("OPTIONS * HTTP/1.1")],
    ["a backslash in the path", 400, head("GET /x\\a HTTP/1.1")],
    ["a control character in the path", 400, head("GET /\u0001 HTTP/1.1")],
    ["no Host", 400, "GET /a HTTP/1.1\r\n\r\n"],
    ["no Host in HTTP/1.0", 400, "GET /a HTTP/1.0\r\n\r\n"],
    ["an empty Host", 400, "GET /a HTTP/1.1\r\nhost:\r\n\r\n"],
    ["two Hosts", 400, head("GET /a HTTP/1.1", "host: 127.0.0.1")],
    ["two Hosts, one of which is another's", 400, head("GET /a HTTP/1.1", "host: evil.example")],
    ["two Hosts around a header", 400, head("GET /a HTTP/1.1", "x: 1", "HOST: 127.0.0.1")],
    ["a Host that is none", 400, "GET /a HTTP/1.1\r\nhost: a b\r\n\r\n"],
    ["a Host of another machine", 403, "GET /a HTTP/1.1\r\nhost: evil.example\r\n\r\n"],
    ["a target on another machine", 403, `GET http://127.0.0.1/a HTTP/1.1\r\nhost: b\r\n\r\n`],
    ["a length that is no number", 400, head("POST /a HTTP/1.1", "content-length: +3")],
    [
      "a length that no number holds",
      400,
      head("POST /a HTTP/1.1", `content-length: ${"9".repeat(30)}`),
    ],
    ["two lengths", 400, head("POST /a HTTP/1.1", "content-length: 3", "content-length: 4")],
    [
      "two ways to tell the length",
      400,
      head("POST /a HTTP/1.1", "content-length: 3", "transfer-encoding: chunked"),
    ],
    ["a chunk without a size", 400, `${chunked}x\r\n`],
    ["a chunk that is longer than it says", 400, `${chunked}1\r\nab\r\n0\r\n\r\n`],
    ["a chunk with long extensions", 400, `${chunked}1;${long}\r\na\r\n0\r\n\r\n`],
    ["a space before the colon", 400, head("GET /a HTTP/1.1", "x : 1")],
    ["a line that goes on in the next", 400, head("GET /a HTTP/1.1", "x: 1", " y")],
    ["NUL in a header", 400, head("GET /a HTTP/1.1", "x: a\u0000b")],
    ["a line feed without its return", 400, head("GET /a HTTP/1.1", "x: a\nb")],
    ["headers of more than 64 KiB", 431, head("GET /a HTTP/1.1", `x: ${long}`)],
    ["headers that do not end", 431, `GET /a HTTP/1.1\r\n${host}x: ${long}`],
    ["a target of more than 64 KiB", 431, head(`GET /${long} HTTP/1.1`)],
    ["an expectation that nothing meets", 417, head("POST /a HTTP/1.1", "expect: a greeting")],
    ["a proxy's method", 400, head("CONNECT 127.0.0.1:80 HTTP/1.1")],
    ["a proxy's method with a path", 400, head("CONNECT /a HTTP/1.1")],
  ])("that has or is %s: %i", async (_, status, bytes) => {
    expect((await refusal(bytes)).statuses).toEqual([status]);
  });

  it("that is too slow with its headers, or with its body: 408", async () => {
    await serveImpatiently();
    for (const bytes of [
      "GET /a HTTP/1.1\r\nx-slow: ",
      `${head("POST /a HTTP/1.1", "content-length: 5")}he`,
      `${chunked}5\r\nhe`,
    ]) {
      expect((await refusal(bytes)).statuses).toEqual([408]);
    }
  });

  it("with the reason for a developer, where AWS has none", async () => {
    const { lines } = await refusal("GET /a HTTP/1.1\r\nhost: evil.example\r\n\r\n");
    const hint = "this server accepts only host names of this machine";
    expect(lines).toContain(`x-local-cloud-hint: ${hint}`);
  });

  it("and nothing is written into a response that has begun", async () => {
    const begun = Promise.withResolvers<undefined>();
    const socket = await open();
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
      begun.resolve(undefined);
    });
    socket.write(head("GET /a HTTP/1.1"));
    await begun.promise;
    socket.write("NONSENSE\r\n\r\n");
    await new Promise((resolve) => socket.once("close", resolve));
    expect(statuses(answer)).toEqual([200, 400]);
  });
});

describe("a request is served", () => {
  it.each([
    ["in HTTP/1.0", head("GET /a HTTP/1.0")],
    [
      "that expects to be told to go on",
      `${head("POST /a HTTP/1.1", "expect: 100-continue", "content-length: 2", last)}he`,
    ],
    [
      "that asks for another protocol, as if it did not",
      head("GET /a HTTP/1.1", "connection: upgrade, close", "upgrade: websocket"),
    ],
    [
      "with a chunk that has an extension",
      `${head("POST /a HTTP/1.1", "transfer-encoding: chunked", last)}2;a=b\r\nhe\r\n0\r\n\r\n`,
    ],
  ])("%s", async (_, bytes) => {
    expect(statuses(await sendRaw(bytes)).at(-1)).toBe(200);
    expect(harness().events).toHaveLength(1);
  });

  it.each(["TRACE", "PROPFIND", "QUERY", "M-SEARCH"])(
    "of no route: API Gateway has no method %s",
    async (method) => {
      expect((await refusal(head(`${method} /a HTTP/1.1`, last))).statuses).toEqual([403]);
    },
  );
});
