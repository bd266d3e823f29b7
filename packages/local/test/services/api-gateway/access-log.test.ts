/**
 * Access logs in the stage's format.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
import { describe, expect, it } from "vitest";
import { createHarness, deploy, reply } from "./gateway-harness.ts";

function serve(format: string, options: { xrayTracingEnabled?: boolean; pools?: string[] } = {}) {
  const { pools, ...settings } = options;
  const harness = createHarness();
  const { id } = deploy(harness, [{ path: "/orders/{id}", ...(pools ? { pools } : {}) }], {
    accessLogFormat: format,
    ...settings,
  });
  const lines = () => harness.logs.map(({ line }) => line);
  return { ...harness, id, lines };
}

describe("an access log line", () => {
  it("goes to the stage's log group", async () => {
    const { send, logs } = serve("$context.status");
    await send("/orders/7");
    expect(logs).toEqual([{ logGroupArn: "arn:log-group", line: "200" }]);
  });

  it("says who called what, when, and what became of it", async () => {
    const harness = serve(
      "$context.identity.sourceIp [$context.requestTime] $context.httpMethod $context.path" +
        " $context.resourcePath $context.status $context.integration.status $context.responseLatency" +
        " $context.integrationLatency $context.integration.requestId $context.stage $context.apiId",
    );
    harness.doubles.invoke = async () => {
      harness.clock.now += 42;
      return { ...reply({ statusCode: 201 }), requestId: "invocation-1" };
    };
    await harness.send("/orders/7");
    expect(harness.lines()).toEqual([
      `127.0.0.1 [22/Nov/2026:23:14:05 +0000] GET /local/orders/7 /orders/{id} 201 201 42 42 invocation-1 local ${harness.id}`,
    ]);
  });

  it("names the request by the ids of its reply", async () => {
    const { send, lines } = serve("$context.requestId $context.extendedRequestId");
    const { headers } = await send("/orders/7");
    expect(lines()).toEqual([
      `${headers.get("x-amzn-RequestId")} ${headers.get("x-amz-apigw-id")}`,
    ]);
  });

  it("has single claims; all claims together have no value", async () => {
    const pools = ["us-east-1_Pool00000"];
    const { doubles, send, lines } = serve(
      "$context.authorizer.claims.sub $context.authorizer.claims.cognito:groups $context.authorizer.claims",
      { pools },
    );
    const claims = { token_use: "id", sub: "0a1b", "cognito:groups": ["a", "b"] };
    doubles.verifyToken = async () => ({ ok: true, claims });
    await send("/orders/7", { headers: { authorization: "token" } });
    expect(lines()).toEqual(["0a1b a,b -"]);
  });

  it("tells errors, and has a dash for what a request never got to", async () => {
    const format =
      '$context.error.message $context.error.messageString $context.error.responseType "$context.resourcePath" $context.nothing';
    const { send, lines } = serve(format);
    await send("/nowhere");
    await send("/orders/7");
    expect(lines()).toEqual([
      'Missing Authentication Token "Missing Authentication Token" MISSING_AUTHENTICATION_TOKEN "-" -',
      '- - - "/orders/{id}" -',
    ]);
  });

  it("cannot be forged by what a client sends", async () => {
    const { send, lines } = serve('{"agent":"$context.identity.userAgent"}');
    await send("/orders/7", { headers: { "user-agent": 'x","status":"200\\' } });
    expect(lines()).toEqual([JSON.stringify({ agent: 'x","status":"200\\' })]);
  });

  it.each([
    [true, /^1-[0-9a-f]{8}-[0-9a-f]{24}$/],
    [false, /^-$/],
  ])("has a trace id when tracing is %s", async (xrayTracingEnabled, expected) => {
    const { send, lines } = serve("$context.xrayTraceId", { xrayTracingEnabled });
    await send("/orders/7");
    expect(lines()[0]).toMatch(expected);
  });

  it("says how the connection was encrypted, and has dashes where it was not", async () => {
    const { send, lines } = serve("$context.tlsVersion $context.cipherSuite");
    const tls = { version: "TLSv1.3", cipherSuite: "TLS_AES_128_GCM_SHA256", serverName: "" };
    await send("/orders/7", { tls });
    await send("/orders/7");
    expect(lines()).toEqual(["TLSv1.3 TLS_AES_128_GCM_SHA256", "- -"]);
  });

  it("has the length of the response in bytes", async () => {
    const { doubles, send, lines } = serve("$context.responseLength");
    doubles.invoke = async () => reply({ statusCode: 200, body: "grüß" });
    expect(await (await send("/orders/7")).text()).toBe("grüß");
    expect(lines()).toEqual(["6"]);
  });

  it("says what the authorizer said, and how long it took", async () => {
    const { clock, doubles, send, lines } = serve(
      "$context.authorizer.status $context.authorizer.error $context.authorizer.latency $context.authorize.status",
      { pools: ["us-east-1_Pool00000"] },
    );
    doubles.verifyToken = async () => {
      clock.now += 7;
      return { ok: true, claims: { token_use: "id" } };
    };
    await send("/orders/7", { headers: { authorization: "token" } });
    await send("/orders/7");
    expect(lines()).toEqual(["200 - 7 200", "401 Unauthorized 0 401"]);
  });

  it("is not written for a stage without access logs", async () => {
    const harness = createHarness();
    deploy(harness, [{ path: "/a" }]);
    await harness.send("/a");
    expect(harness.logs).toEqual([]);
  });
});
