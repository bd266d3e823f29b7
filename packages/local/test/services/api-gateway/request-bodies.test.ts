/** Which bodies the gateway reads, how far, and what it makes of them. */
import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { block } from "./firewall.ts";
import { connectionOf, createHarness, deploy, outcome } from "./gateway-harness.ts";

const pools = ["us-east-1_Pool00000"];
const kilobyte = new Uint8Array(1024).fill(97);
const requestTooLong = {
  status: 413,
  errorType: "RequestTooLargeException",
  body: '{"message":"Request Too Long"}',
};

/** A gateway with a guarded and an open method; `token` is the only good token. */
function serve(overrides: Parameters<typeof createHarness>[0] = {}) {
  const harness = createHarness(overrides);
  harness.doubles.verifyToken = async (_, token) =>
    token === "token"
      ? { ok: true, claims: { token_use: "id" } }
      : { ok: false, reason: "invalid" };
  const { stage } = deploy(harness, [
    { path: "/guarded", method: "POST", pools },
    { path: "/open", method: "POST" },
  ]);

  /** Sends kilobytes, each one asked for. After `stallAt` of them nothing comes any more. */
  function stream(path: string, { total = Infinity, stallAt = Infinity, headers = {} } = {}) {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent === stallAt) return Promise.withResolvers<undefined>().promise;
        if (sent === total) return controller.close();
        sent += 1;
        return controller.enqueue(kilobyte);
      },
    });
    const init = { method: "POST", headers, body, duplex: "half" } as const;
    const request = new Request(`http://127.0.0.1:3000${path}`, init);
    return { response: harness.gateway.fetch(request, connectionOf(request)), sent: () => sent };
  }

  return { ...harness, stage, stream };
}

describe("a body", () => {
  it("is not read for a caller without a token", async () => {
    const { stream } = serve();
    // A stream has one chunk ready, before it is read.
    const { response, sent } = stream("/guarded", { stallAt: 1 });
    expect((await response).status).toBe(401);
    expect(sent()).toBe(1);
  });

  it("is read as far as the firewall inspects it, then no further without a token", async () => {
    const harness = serve();
    block(harness, harness.stage.arn, "192.0.2.0/24");
    const { response, sent } = harness.stream("/guarded", { stallAt: 18 });
    expect((await response).status).toBe(401);
    expect(sent()).toBeLessThanOrEqual(18);
  });

  it("without a token takes no room, though fifty callers stall with theirs", async () => {
    const harness = serve({ bodyMemory: 2 * 1024 * 1024 });
    block(harness, harness.stage.arn, "192.0.2.0/24");
    const headers = { "content-length": "1048576" };
    const stalled = Array.from({ length: 50 }, () =>
      harness.stream("/guarded", { stallAt: 100, headers }),
    );
    const statuses = await Promise.all(
      stalled.map(async ({ response }) => (await response).status),
    );
    expect(new Set(statuses)).toEqual(new Set([401]));
    const body = "b".repeat(2 * 1024 * 1024);
    expect((await harness.send("/open", { method: "POST", body })).status).toBe(200);
  });

  it("is read to its end with a token", async () => {
    const { stream, events } = serve();
    const { response } = stream("/guarded", { total: 100, headers: { authorization: "token" } });
    expect((await response).status).toBe(200);
    expect(events).toMatchObject([{ body: "a".repeat(100 * 1024) }]);
  });

  it("makes room for another that is still coming when it stalls", async () => {
    const { stream, send } = serve({ bodyMemory: 256 * 1024 });
    const stalled = stream("/open", { stallAt: 200 });
    await expect.poll(() => stalled.sent()).toBe(200);
    const other = send("/open", { method: "POST", body: "b".repeat(128 * 1024) });
    expect((await other).status).toBe(200);
    expect(await outcome(await stalled.response)).toEqual({
      status: 503,
      errorType: "ServiceUnavailableException",
      body: '{"message":"Service Unavailable"}',
    });
    expect((await send("/open", { method: "POST", body: "c" })).status).toBe(200);
  });
});

// Lambda's limit of 6 MB is that of the event.
// Source: https://jun711.github.io/aws/handling-aws-api-gateway-and-lambda-413-error/
describe("an event that Lambda would not take", () => {
  it.each([
    ["a long text", "a".repeat(6 * 1024 * 1024)],
    ["control characters, which take six bytes", "\u0001".repeat(1024 * 1024)],
    ["quotation marks, which take two", '"'.repeat(3 * 1024 * 1024)],
    ["bytes that are no UTF-8, which take three", Buffer.alloc(2 * 1024 * 1024, 0xff)],
    ["a body of 10 MB", Buffer.alloc(10 * 1024 * 1024, 1)],
  ])("is 413, and no function sees it: %s", async (_, body) => {
    const { send, events, errors } = serve();
    expect(await outcome(await send("/open", { method: "POST", body }))).toEqual(requestTooLong);
    expect([events, errors]).toEqual([[], []]);
  });

  it("is 413 in base64 as well", async () => {
    const harness = createHarness();
    deploy(harness, [{ path: "/open", method: "POST" }], { binaryMediaTypes: ["image/png"] });
    const headers = { "content-type": "image/png" };
    const of = (length: number) =>
      harness.send("/open", { method: "POST", headers, body: new Uint8Array(length) });
    expect((await of(4_700_000)).status).toBe(200);
    expect(await outcome(await of(4_720_000))).toEqual(requestTooLong);
  });

  it("is one byte more than one that is taken", async () => {
    const { send, events } = serve();
    const status = async (length: number) =>
      (await send("/open", { method: "POST", body: "a".repeat(length) })).status;
    await status(0);
    const rest = 6 * 1024 * 1024 - Buffer.byteLength(JSON.stringify(events[0]));
    // An empty body is `null`, which has two more characters than `""`.
    expect([await status(rest + 2), await status(rest + 3)]).toEqual([200, 413]);
  });
});

const post = (coding: string, body: Buffer<ArrayBuffer>) => {
  const harness = serve();
  const call = { method: "POST", headers: { "content-encoding": coding }, body };
  return { ...harness, response: harness.send("/open", call) };
};

// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-make-request-with-compressed-payload.html
describe("a compressed body", () => {
  it.each([
    ["gzip", gzipSync("hello")],
    [" GZIP ", gzipSync("hello")],
    ["deflate", deflateSync("hello")],
    ["identity", Buffer.from("hello")],
  ])("in %j reaches the function decompressed", async (coding, body) => {
    const { response, events } = post(coding, body);
    expect((await response).status).toBe(200);
    expect(events).toMatchObject([{ body: "hello" }]);
  });

  it.each([
    ["br", gzipSync("hello")],
    ["gzip, gzip", gzipSync(gzipSync("hello"))],
    ["gzip", Buffer.from("hello")],
    ["gzip", gzipSync("hello").subarray(0, 15)],
  ])("in another coding, or not in %j, is 415", async (coding, body) => {
    const { response, events } = post(coding, Buffer.from(body));
    expect(await outcome(await response)).toEqual({
      status: 415,
      errorType: "UnsupportedMediaTypeException",
      body: '{"message":"Unsupported Media Type"}',
    });
    expect(events).toEqual([]);
  });

  // Source: https://repost.aws/questions/QUJ00_gdC-TdaRnGxZybAuWw
  it("of more than 10 MB is 413, decompressed no further", async () => {
    const { response, events } = post("gzip", gzipSync(Buffer.alloc(500 * 1024 * 1024)));
    expect(await outcome(await response)).toEqual(requestTooLong);
    expect(events).toEqual([]);
  });

  it("is inspected by the firewall as it was sent", async () => {
    const inspected: (Uint8Array | undefined)[] = [];
    const { send } = serve({
      waf: {
        inspectedBytes: () => 100,
        evaluate(_, request) {
          inspected.push(request.body);
          return { action: "allow", matched: [] };
        },
      },
    });
    const body = gzipSync("hello");
    const headers = { "content-encoding": "gzip" };
    expect((await send("/open", { method: "POST", headers, body })).status).toBe(200);
    expect(inspected).toEqual([body]);
  });
});
