/** How much of a request's body the endpoint reads. */
import { createRequestRecorder } from "../../src/requests/recorder.ts";
import { describe, expect, test } from "vitest";
import { createAwsEndpoint } from "../../src/aws-protocol/endpoint.ts";
import type { AwsService } from "../../src/aws-protocol/service.ts";
import { environment } from "../support/test-cloud.ts";

const scope = (service: string, { caller = "caller", region = environment.region } = {}) =>
  `AWS4-HMAC-SHA256 Credential=${caller}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

describe("a body", () => {
  const limit = 64 * 1024 * 1024;
  const errors: unknown[] = [];
  const service: AwsService = {
    protocol: "query",
    operations: ["Measure"],
    operationOf: () => "Measure",
    handle: async ({ request }) => new Response(String(request.body.length)),
  };
  const endpoint = createAwsEndpoint({
    requests: createRequestRecorder(),
    authorize: () => undefined,
    region: environment.region,
    services: {
      own: service,
      ssm: { ...service, protocol: "json-1.1" },
      small: { ...service, largestBody: 1024 * 1024, publicOperations: ["Measure"] },
    },
    publicDocument: () => undefined,
    webOrigins: () => new Set(),
    onError: (error) => errors.push(error),
  });
  const megabyte = new Uint8Array(1024 * 1024);

  /** Sends megabytes, each one asked for, and says how many were and whether that was all. */
  async function send(headers: Record<string, string>, megabytes: number) {
    let sent = 0;
    let cutOff = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent === megabytes) return controller.close();
        sent += 1;
        controller.enqueue(megabyte);
      },
      cancel() {
        cutOff = true;
      },
    });
    const request = new Request("http://127.0.0.1/", {
      method: "POST",
      headers,
      body,
      duplex: "half",
    });
    const response = await endpoint.fetch(request);
    return { status: response.status, text: await response.text(), sent, cutOff };
  }

  test("is not read for a caller who is rejected without it", async () => {
    const [authorization, elsewhere] = [scope("own"), scope("own", { region: "eu-west-1" })];
    for (const [headers, status] of [
      [{ authorization, origin: "https://example.com" }, 403],
      [{}, 403],
      [{ "x-amz-target": "own.Measure" }, 400],
      [{ authorization: elsewhere }, 400],
      [{ authorization, "content-length": String(limit + 1) }, 413],
    ] as const) {
      // A stream has one chunk ready, before it is read.
      const answer = await send(headers, 3);
      expect([answer.status, answer.sent <= 1]).toEqual([status, true]);
    }
  });

  test("of 64 MiB is taken, a longer one is rejected and read no further", async () => {
    const headers = { authorization: scope("own") };
    expect(await send(headers, 64)).toMatchObject({ status: 200, text: String(limit) });
    const rejected = await send(headers, 700);
    expect(rejected).toMatchObject({ status: 413, cutOff: true });
    expect(rejected.sent).toBeLessThanOrEqual(66);
    expect(rejected.text).toContain("<Code>RequestEntityTooLarge</Code>");
    const json = await send({ authorization: scope("ssm") }, 65);
    expect(JSON.parse(json.text)).toMatchObject({ __type: "RequestEntityTooLarge" });
  });

  test("is as large as the service takes, signed or not", async () => {
    for (const headers of [
      { authorization: scope("small") },
      { "x-amz-target": "small.Measure" },
    ]) {
      expect(await send(headers, 1)).toMatchObject({ status: 200 });
      expect(await send(headers, 700)).toMatchObject({ status: 413, cutOff: true });
    }
  });

  test("for a service that is not there is read no further either", async () => {
    const { status, sent } = await send({ authorization: scope("none") }, 700);
    expect([status, sent <= 66]).toEqual([413, true]);
  });

  test("that breaks off is the caller's fault", async () => {
    const body = new ReadableStream({
      start: (controller) => controller.error(new Error("gone")),
    });
    const headers = { authorization: scope("own") };
    const init = { method: "POST", headers, body, duplex: "half" } as const;
    const response = await endpoint.fetch(new Request("http://127.0.0.1/", init));
    expect(await response.text()).toContain("<Code>IncompleteBody</Code>");
    expect(errors).toEqual([]);
  });
});
