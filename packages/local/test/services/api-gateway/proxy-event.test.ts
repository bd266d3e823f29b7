/**
 * The event that a function gets.
 * Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json (test_lambda_aws_proxy_integration)
 */
import { describe, expect, it } from "vitest";
import { createHarness, deploy, environment } from "./gateway-harness.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("the event", () => {
  it("is the whole of format 1.0 and nothing else, for a plain GET", async () => {
    const harness = createHarness();
    const { id, deploymentId, resourceIdOf } = deploy(harness, [{ path: "/{proxy+}" }]);
    await harness.send("/proxy-value/", {
      rawHeaders: ["host", "127.0.0.1:3000", "User-Agent", "tests", "tEsT-HEADeR", "aValUE"],
      headers: { "user-agent": "tests" },
    });
    const trace: unknown = expect.stringMatching(/^Root=1-6[0-9a-f]{7}-[0-9a-f]{24}$/);
    expect(harness.events).toEqual([
      {
        resource: "/{proxy+}",
        path: "/proxy-value/",
        httpMethod: "GET",
        headers: {
          Host: "127.0.0.1:3000",
          "User-Agent": "tests",
          "tEsT-HEADeR": "aValUE",
          "X-Amzn-Trace-Id": trace,
          "X-Forwarded-For": "127.0.0.1",
          "X-Forwarded-Port": "443",
          "X-Forwarded-Proto": "https",
        },
        multiValueHeaders: {
          Host: ["127.0.0.1:3000"],
          "User-Agent": ["tests"],
          "tEsT-HEADeR": ["aValUE"],
          "X-Amzn-Trace-Id": [trace],
          "X-Forwarded-For": ["127.0.0.1"],
          "X-Forwarded-Port": ["443"],
          "X-Forwarded-Proto": ["https"],
        },
        queryStringParameters: null,
        multiValueQueryStringParameters: null,
        pathParameters: { proxy: "proxy-value" },
        stageVariables: null,
        requestContext: {
          accountId: environment.account,
          apiId: id,
          deploymentId,
          domainName: `${id}.execute-api.us-east-1.amazonaws.com`,
          domainPrefix: id,
          extendedRequestId: expect.stringMatching(/^[\w-]{15}=$/),
          httpMethod: "GET",
          identity: {
            accessKey: null,
            accountId: null,
            caller: null,
            cognitoAuthenticationProvider: null,
            cognitoAuthenticationType: null,
            cognitoIdentityId: null,
            cognitoIdentityPoolId: null,
            principalOrgId: null,
            sourceIp: "127.0.0.1",
            user: null,
            userAgent: "tests",
            userArn: null,
          },
          path: "/local/proxy-value/",
          protocol: "HTTP/1.1",
          requestId: expect.stringMatching(uuid),
          requestTime: "22/Nov/2026:23:14:05 +0000",
          requestTimeEpoch: harness.clock.now,
          resourceId: resourceIdOf("/{proxy+}"),
          resourcePath: "/{proxy+}",
          stage: "local",
        },
        body: null,
        isBase64Encoded: false,
      },
    ]);
  });

  // With rawPath frameworks take it for format 2.0.
  // Source: https://github.com/honojs/hono/issues/5015
  it("never has a rawPath or a version", async () => {
    const harness = createHarness();
    deploy(harness, [{ path: "/a" }]);
    await harness.send("/a?rawPath=1");
    expect(harness.events[0]).not.toHaveProperty("rawPath");
    expect(harness.events[0]).not.toHaveProperty("version");
  });

  it("has the stage's variables", async () => {
    const harness = createHarness();
    deploy(harness, [{ path: "/a" }], { variables: { color: "blue" } });
    await harness.send("/a");
    expect(harness.events[0]).toMatchObject({ stageVariables: { color: "blue" } });
  });

  it("has the client's address as IPv4 where Node maps it into IPv6", async () => {
    const harness = createHarness();
    deploy(harness, [{ path: "/a" }]);
    await harness.send("/a", { remoteAddress: "::ffff:192.0.2.7" });
    expect(harness.events[0]).toMatchObject({
      requestContext: { identity: { sourceIp: "192.0.2.7" } },
    });
  });
});

describe("the query", () => {
  it("is decoded, with all values and the last one", async () => {
    const harness = createHarness();
    deploy(harness, [{ path: "/a" }]);
    await harness.send(
      "/a?c=electronics&c=books&email=test%2Balias@x.org&plus=a+b&empty&__proto__=x",
    );
    expect(harness.events[0]).toMatchObject({
      queryStringParameters: { c: "books", email: "test+alias@x.org", plus: "a b", empty: "" },
      multiValueQueryStringParameters: { c: ["electronics", "books"], empty: [""] },
    });
  });
});

describe("headers", () => {
  it("keep their casing and duplicates but for Authorization, User-Agent and Host", async () => {
    const harness = createHarness();
    deploy(harness, [{ path: "/a" }]);
    await harness.send("/a", {
      rawHeaders: [
        "aUThorization",
        "x",
        "user-agent",
        "t",
        "X-Two",
        "1",
        "X-Two",
        "2",
        "lower",
        "l",
      ],
    });
    expect(harness.events[0]).toMatchObject({
      headers: { Authorization: "x", "User-Agent": "t", "X-Two": "2", lower: "l" },
      multiValueHeaders: { "X-Two": ["1", "2"] },
    });
  });

  // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_integrations.snapshot.json (TestApiGatewayHeaderRemapping)
  it("of the connection do not reach the function", async () => {
    const harness = createHarness();
    deploy(harness, [{ path: "/a" }]);
    const dropped = ["Connection", "Content-Length", "Expect", "Max-Forwards", "TE", "Upgrade"];
    await harness.send("/a", {
      rawHeaders: [...dropped.flatMap((name) => [name, "1"]), "Age", "2"],
    });
    expect(harness.events[0]).toMatchObject({ headers: { Age: "2" } });
    for (const name of dropped) expect(harness.events[0]).not.toHaveProperty(["headers", name]);
  });

  it("that the gateway writes cannot be forged, but for the addresses before the client's", async () => {
    const harness = createHarness();
    deploy(harness, [{ path: "/a" }]);
    await harness.send("/a", {
      headers: { "x-forwarded-for": "1.2.3.4", "x-forwarded-proto": "gopher" },
      rawHeaders: ["x-forwarded-for", "1.2.3.4", "x-forwarded-proto", "gopher"],
    });
    expect(harness.events[0]).toMatchObject({
      headers: { "X-Forwarded-For": "1.2.3.4, 127.0.0.1", "X-Forwarded-Proto": "https" },
      requestContext: { identity: { sourceIp: "127.0.0.1" } },
    });
    expect(harness.events[0]).not.toHaveProperty(["headers", "x-forwarded-for"]);
  });
});

describe("the body", () => {
  it.each([
    ["text", "application/json", [], '{"name":"Ada"}', '{"name":"Ada"}', false],
    ["emoji", "text/plain", [], "👩‍🚀", "👩‍🚀", false],
    ["empty", "text/plain", [], "", null, false],
    ["a binary type", "image/png", ["image/png"], "abc", "YWJj", true],
    ["a binary type with parameters", "IMAGE/png; q=1", ["image/png"], "abc", "YWJj", true],
    ["a family of types", "image/png", ["image/*"], "abc", "YWJj", true],
    ["every type", "text/plain", ["*/*"], "abc", "YWJj", true],
    ["another type", "text/plain", ["image/png"], "abc", "abc", false],
    ["empty and binary", "image/png", ["*/*"], "", null, false],
  ])("of %s", async (_, contentType, binaryMediaTypes, body, received, isBase64Encoded) => {
    const harness = createHarness();
    deploy(harness, [{ path: "/a", method: "POST" }], { binaryMediaTypes });
    await harness.send("/a", { method: "POST", body, headers: { "content-type": contentType } });
    expect(harness.events[0]).toMatchObject({ body: received, isBase64Encoded });
  });
});

describe("the trace", () => {
  const root = "Root=1-3152b799-8954dae64eda91bc9a23a7e8";

  // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.snapshot.json (test_invocation_trace_id)
  it("is the client's own, completed in the reply", async () => {
    const harness = createHarness();
    deploy(harness, [{ path: "/a" }]);
    const full = `${root};Parent=7fa8c0f79203be72;Sampled=1`;
    const replyTo = async (header: string) =>
      (await harness.send("/a", { headers: { "x-amzn-trace-id": header } })).headers.get(
        "X-Amzn-Trace-Id",
      );
    expect(await replyTo(full)).toBe(full);
    expect(harness.events[0]).toMatchObject({ headers: { "X-Amzn-Trace-Id": full } });
    expect(await replyTo(root)).toMatch(new RegExp(`^${root};Parent=[0-9a-f]{16};Sampled=0$`));
    expect(await replyTo("Root=<script>;Evil=1")).toMatch(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent/,
    );
  });
});
