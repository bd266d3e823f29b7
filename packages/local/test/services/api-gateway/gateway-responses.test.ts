/**
 * How an API customizes error responses.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
import { describe, expect, it } from "vitest";
import type { FailureKind } from "../../../src/services/lambda/invocations/invocation.ts";
import { createHarness, failure, outcome, putMethods } from "./gateway-harness.ts";

type Customized = Parameters<ReturnType<typeof createHarness>["apis"]["putGatewayResponse"]>[0];

function serve(...responses: Omit<Customized, "restApiId">[]) {
  const harness = createHarness();
  const { id } = putMethods(harness, [
    { path: "/guarded", pools: ["us-east-1_Pool00000"] },
    { path: "/a", method: "POST" },
  ]);
  for (const response of responses) harness.apis.putGatewayResponse({ restApiId: id, ...response });
  const { id: deploymentId } = harness.apis.deploy({ restApiId: id });
  harness.apis.putStage({ restApiId: id, stageName: "local", deploymentId });
  return harness;
}

describe("gateway responses", () => {
  it("add headers to every 4XX, as SST's CORS responses do, and to no 5XX", async () => {
    const harness = serve({
      responseType: "DEFAULT_4XX",
      responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" },
      responseTemplates: { "application/json": '{"message":$context.error.messageString}' },
    });
    const rejected = await harness.send("/guarded");
    expect(rejected.headers.get("access-control-allow-origin")).toBe("*");
    expect(await outcome(rejected)).toEqual({
      status: 401,
      errorType: "UnauthorizedException",
      body: '{"message":"Unauthorized"}',
    });
    harness.doubles.isInvokeAllowed = false;
    const failed = await harness.send("/a", { method: "POST" });
    expect(failed.status).toBe(500);
    expect(failed.headers.has("access-control-allow-origin")).toBe(false);
  });

  it("of a type go before the default of their class", async () => {
    const harness = serve(
      { responseType: "DEFAULT_4XX", statusCode: "418" },
      {
        responseType: "UNAUTHORIZED",
        statusCode: "403",
        responseTemplates: {
          "application/json":
            '{"why":"$context.error.message","quoted":$context.error.messageString,"type":"$context.error.responseType","id":"$context.requestId","none":"$context.nothing"}',
        },
      },
    );
    const response = await harness.send("/guarded");
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      why: "Unauthorized",
      quoted: "Unauthorized",
      type: "UNAUTHORIZED",
      id: response.headers.get("x-amzn-RequestId"),
      none: "",
    });
    expect((await harness.send("/nowhere")).status).toBe(418);
  });

  it("can have another content type", async () => {
    const harness = serve({
      responseType: "MISSING_AUTHENTICATION_TOKEN",
      responseTemplates: { "text/plain": "nothing here: $context.path." },
    });
    const response = await harness.send("/nowhere");
    expect(response.headers.get("content-type")).toBe("text/plain");
    expect(await response.text()).toBe("nothing here: /local/nowhere.");
  });

  // Assumed, after an example of claudiajs/claudia-api-builder.
  it("can name another content type than that of the template", async () => {
    const harness = serve({
      responseType: "DEFAULT_4XX",
      responseParameters: { "gatewayresponse.header.Content-Type": "'application/problem+json'" },
      responseTemplates: { "application/json": '{"title":$context.error.messageString}' },
    });
    const response = await harness.send("/nowhere");
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toEqual({ title: "Missing Authentication Token" });
  });

  // Reported: https://github.com/DataBiosphere/azul/issues/7470 (502 stays) and
  // https://repost.aws/questions/QUL-z6rJbmR4meafB7MzYXxw/ (500 becomes 504).
  describe.each<[FailureKind, number, number]>([
    ["function", 502, 502],
    ["throttled", 500, 504],
  ])("to a failed integration (%s)", (kind, byDefault, customized) => {
    const fail = (...responses: Parameters<typeof serve>) => {
      const harness = serve(...responses);
      harness.doubles.invoke = async () => failure(kind);
      return harness.send("/a", { method: "POST" });
    };

    it(`keep the status ${byDefault} by DEFAULT_5XX`, async () => {
      const response = await fail({
        responseType: "DEFAULT_5XX",
        responseTemplates: { "application/json": "$context.error.responseType" },
      });
      expect([response.status, await response.text()]).toEqual([byDefault, "INTEGRATION_FAILURE"]);
    });

    it(`make it ${customized} by INTEGRATION_FAILURE, unless that names a status`, async () => {
      const responseType = "INTEGRATION_FAILURE";
      expect((await fail({ responseType })).status).toBe(customized);
      expect((await fail({ responseType, statusCode: "503" })).status).toBe(503);
      expect((await fail({ responseType: "INTEGRATION_TIMEOUT" })).status).toBe(byDefault);
    });
  });

  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
  it("cannot customize the response to a body that is too large", async () => {
    const harness = serve(
      { responseType: "REQUEST_TOO_LARGE", statusCode: "400" },
      { responseType: "DEFAULT_4XX", statusCode: "400" },
    );
    const body = new Uint8Array(10 * 1024 * 1024 + 1);
    expect((await harness.send("/a", { method: "POST", body })).status).toBe(413);
  });

  it("give way to API Gateway's default once they are removed and deployed", async () => {
    const harness = createHarness();
    const { id: restApiId } = putMethods(harness, [{ path: "/a" }]);
    const redeploy = () => {
      const { id: deploymentId } = harness.apis.deploy({ restApiId });
      harness.apis.putStage({ restApiId, stageName: "local", deploymentId });
    };
    harness.apis.putGatewayResponse({ restApiId, responseType: "DEFAULT_4XX", statusCode: "418" });
    redeploy();
    harness.apis.deleteGatewayResponse(restApiId, "DEFAULT_4XX");
    expect((await harness.send("/nowhere")).status).toBe(418);
    redeploy();
    expect((await harness.send("/nowhere")).status).toBe(403);
  });

  it.each([
    ["an unknown type", { responseType: "TEAPOT" }],
    ["a status that is no error", { responseType: "DEFAULT_4XX", statusCode: "200" }],
    [
      "a mapped header",
      {
        responseType: "DEFAULT_4XX",
        responseParameters: { "gatewayresponse.header.X": "method.request.header.X" },
      },
    ],
    [
      "a header with a line break",
      { responseType: "DEFAULT_4XX", responseParameters: { "gatewayresponse.header.X": "'a\nb'" } },
    ],
    [
      "another target",
      { responseType: "DEFAULT_4XX", responseParameters: { "gatewayresponse.body.X": "'a'" } },
    ],
    [
      "a template that computes",
      { responseType: "DEFAULT_4XX", responseTemplates: { "application/json": "$input.body" } },
    ],
  ])("reject %s", (_, response) => {
    expect(() => serve(response)).toThrow(/does not (exist|support)/);
  });
});
