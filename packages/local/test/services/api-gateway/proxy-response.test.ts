/** Responses of Lambda proxy integrations: well-formed, malformed, and of failed functions. */
import { afterEach, describe, expect, it, vi } from "vitest";
import type { InvocationResult } from "../../../src/services/lambda/invocations/invocation.ts";
import { createHarness, deploy, failure, outcome, reply } from "./gateway-harness.ts";

const malformed = {
  status: 502,
  errorType: "InternalServerErrorException",
  body: '{"message": "Internal server error"}',
};

async function answerTo(result: InvocationResult, headers = {}, binaryMediaTypes: string[] = []) {
  const harness = createHarness();
  deploy(harness, [{ path: "/a" }], { binaryMediaTypes });
  harness.doubles.invoke = async () => result;
  return harness.send("/a", { headers });
}

// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json (test_aws_proxy_response_payload_format_validation)
// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_lambda.py (test_lambda_aws_proxy_response_format)
describe("a reply", () => {
  it.each([
    ["only a status", { statusCode: 200 }, 200, ""],
    ["a numeric string as its status", { statusCode: "201" }, 201, ""],
    ["headers without a status", { headers: { "test-header": "value" } }, 200, ""],
    ["nothing in it", {}, 200, ""],
    ["null headers", { statusCode: 200, headers: null }, 200, ""],
    ["null body", { statusCode: 200, body: null }, 200, ""],
    ["base64 and no binary types", { body: "dGVzdA==", isBase64Encoded: true }, 200, "dGVzdA=="],
    ["a status without a body", { statusCode: 204, body: "ignored" }, 204, ""],
  ])("with %s is answered", async (_, value, status, body) => {
    const response = await answerTo(reply(value));
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.text()).toBe(body);
  });

  it.each([
    ["an unknown key", { statusCode: 200, wrongValue: "value" }],
    ["a status that is no number", { statusCode: "test" }],
    ["a status that is none of HTTP's", { statusCode: 42 }],
    ["a string instead of an object", "justAString"],
    ["null instead of an object", null],
    ["a list instead of an object", []],
    ["a single value in multiValueHeaders", { multiValueHeaders: { "test-multi-invalid": "v" } }],
    ["an object as its body", { statusCode: 200, body: { message: "hi" } }],
    ["an object as a header", { headers: { a: {} } }],
    ["a header value with a line break", { headers: { a: "1\r\nset-cookie: x=1" } }],
    ["a header name with a space", { headers: { "a b": "1" } }],
  ])("with %s is malformed: 502", async (_, value) => {
    expect(await outcome(await answerTo(reply(value)))).toEqual(malformed);
  });

  it("that is no JSON is malformed: 502", async () => {
    expect(await outcome(await answerTo({ ...reply(""), payload: "<html>" }))).toEqual(malformed);
  });

  it("has its headers, booleans as words, and the ids of the request", async () => {
    const response = await answerTo(
      reply({
        headers: { "test-header": "value", "header-bool": true, "Content-Type": "text/css" },
      }),
    );
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "text/css",
      "header-bool": "true",
      "test-header": "value",
      "x-amz-apigw-id": expect.stringMatching(/^[\w-]{15}=$/),
      "x-amzn-requestid": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "x-amzn-trace-id": expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=/),
    });
  });

  it.each([
    [{ "test-multi": ["value1", "value2"] }, {}, "value1, value2"],
    [{ "test-multi": ["value-multi"] }, { "test-multi": "value-solo" }, "value-multi, value-solo"],
    [{ "tesT-Multi": ["value-multi"] }, { "test-multi": "value-solo" }, "value-multi, value-solo"],
  ])("merges %j and %j", async (multiValueHeaders, headers, merged) => {
    const response = await answerTo(reply({ multiValueHeaders, headers }));
    expect(response.headers.get("test-multi")).toBe(merged);
  });

  it("keeps several cookies apart", async () => {
    const response = await answerTo(reply({ multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"] } }));
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
  // Source: https://github.com/dherault/serverless-offline/issues/236
  it("gets its WWW-Authenticate and connection headers back under other names", async () => {
    const response = await answerTo(
      reply({
        headers: {
          "WWW-Authenticate": "Bearer",
          Connection: "close",
          "Transfer-Encoding": "chunked",
        },
      }),
    );
    expect(response.headers.get("x-amzn-Remapped-WWW-Authenticate")).toBe("Bearer");
    expect(response.headers.get("x-amzn-Remapped-Connection")).toBe("close");
    for (const name of ["www-authenticate", "connection", "transfer-encoding"]) {
      expect(response.headers.has(name)).toBe(false);
    }
  });

  it("cannot choose the gateway's own request id", async () => {
    const response = await answerTo(reply({ headers: { "x-amzn-RequestId": "mine" } }));
    expect(response.headers.get("x-amzn-RequestId")).not.toContain("mine");
  });
});

// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
describe("a binary reply", () => {
  const image = reply({ body: "iVBORw==", isBase64Encoded: true });

  it.each([
    ["image/png", ["image/png"], true],
    ["image/png;q=0.9, text/html", ["image/png"], true],
    ["text/html, image/png", ["image/png"], false],
    ["text/html", ["*/*"], true],
    ["image/png", [], false],
  ])("to Accept: %s with the binary types %j is decoded: %s", async (accept, types, isDecoded) => {
    const body = Buffer.from(await (await answerTo(image, { accept }, types)).arrayBuffer());
    expect(body).toEqual(isDecoded ? Buffer.from("iVBORw==", "base64") : Buffer.from("iVBORw=="));
  });

  it("is not decoded unless the function says that it is base64", async () => {
    const response = await answerTo(reply({ body: "iVBORw==" }), {}, ["*/*"]);
    expect(await response.text()).toBe("iVBORw==");
  });

  it("that is no base64 after all: 500", async () => {
    const response = await answerTo(reply({ body: "<html>", isBase64Encoded: true }), {}, ["*/*"]);
    expect(await outcome(response)).toEqual({ ...malformed, status: 500 });
  });
});

describe("a function that fails", () => {
  // Recorded for a function that throws; 500 for one that is throttled is AWS's own toolkit's.
  // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json (test_aws_proxy_response_payload_format_validation)
  // Source: https://github.com/aws/agent-toolkit-for-aws/blob/d6ad2e4/skills/core-skills/aws-serverless/references/troubleshooting.md
  it.each([
    ["function", 502],
    ["timeout", 502],
    ["exit", 502],
    ["init", 502],
    ["throttled", 500],
    ["notFound", 500],
  ] as const)("by %s: %d, and its error stays inside", async (kind, status) => {
    const payload = '{"errorMessage":"secret detail","trace":[]}';
    const response = await answerTo(failure(kind, payload));
    expect(await outcome(response)).toEqual({ ...malformed, status });
  });

  it("is not invoked without a permission for this API, stage, method and path: 500", async () => {
    const harness = createHarness();
    const { executionArn } = deploy(harness, [{ path: "/orders/{id}" }]);
    harness.doubles.isInvokeAllowed = false;
    expect(await outcome(await harness.send("/orders/7"))).toEqual({ ...malformed, status: 500 });
    expect(harness.sources).toEqual([`${executionArn}/local/GET/orders/{id}`]);
    expect(harness.events).toEqual([]);
  });

  it("shows a fault of the local cloud as a plain 500, and reports it", async () => {
    const harness = createHarness();
    deploy(harness, [{ path: "/a" }]);
    const fault = new Error("secret detail");
    harness.doubles.invoke = () => Promise.reject(fault);
    expect(await outcome(await harness.send("/a"))).toEqual({ ...malformed, status: 500 });
    expect(harness.errors).toEqual([fault]);
  });
});

// about-aws/whats-new/2024/06 amazon-api-gateway-integration-timeout-limit-29-seconds
describe("a function that takes too long", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    [undefined, 29_000],
    [50, 50],
  ])("with the timeout %s is given up after %d ms: 504", async (timeoutMilliseconds, limit) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const harness = createHarness();
    deploy(harness, [{ path: "/a", ...(timeoutMilliseconds ? { timeoutMilliseconds } : {}) }]);
    const invoked = Promise.withResolvers<undefined>();
    harness.doubles.invoke = () => {
      invoked.resolve(undefined);
      return new Promise(() => {});
    };
    const answered = vi.fn<(response: Response) => Response>((response) => response);
    const response = harness.send("/a").then(answered);
    await invoked.promise;
    await vi.advanceTimersByTimeAsync(limit - 1);
    expect(answered).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await outcome(await response)).toEqual({
      ...malformed,
      status: 504,
      body: '{"message": "Endpoint request timed out"}',
    });
  });

  it("leaves no timer behind when it returns in time", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const harness = createHarness();
    deploy(harness, [{ path: "/a" }]);
    await harness.send("/a");
    expect(vi.getTimerCount()).toBe(0);
  });
});
