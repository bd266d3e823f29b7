/** Mock integrations behind OPTIONS, as SST's component makes them. */
import { describe, expect, it } from "vitest";
import { createHarness, putMethods } from "./gateway-harness.ts";

function putCors(harness: ReturnType<typeof createHarness>, template = "{ statusCode: 200 }") {
  const { apis } = harness;
  const { id: restApiId, resourceIdOf } = putMethods(harness, [{ path: "/a" }]);
  const name = { restApiId, resourceId: resourceIdOf("/a"), httpMethod: "OPTIONS" };
  apis.putMethod({ ...name, authorization: "NONE" });
  apis.putMethodResponse({
    ...name,
    statusCode: "204",
    responseParameters: { "method.response.header.Access-Control-Allow-Origin": true },
  });
  apis.putIntegration({
    ...name,
    type: "MOCK",
    requestTemplates: { "application/json": template },
  });
  const answer = { ...name, statusCode: "204", ...allowOrigin("'https://a.example'") };
  const serve = () => {
    const { id: deploymentId } = apis.deploy({ restApiId });
    apis.putStage({ restApiId, stageName: "local", deploymentId });
  };
  return { ...harness, name, answer, serve };
}

function allowOrigin(value: string) {
  return { responseParameters: { "method.response.header.Access-Control-Allow-Origin": value } };
}

describe("a mock behind OPTIONS", () => {
  it("responds with its literal headers without any function", async () => {
    const { apis, answer, serve, send, events } = putCors(createHarness());
    apis.putIntegrationResponse(answer);
    serve();
    const response = await send("/a", { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://a.example");
    expect(response.headers.get("x-amzn-RequestId")).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get("x-amz-apigw-id")).toMatch(/=$/);
    // A mock has no trace.
    // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.snapshot.json (test_invocation_trace_id)
    expect(response.headers.has("x-amzn-trace-id")).toBe(false);
    expect(events).toEqual([]);
  });

  it("chooses the response whose pattern matches its status", async () => {
    const { apis, name, answer, serve, send } = putCors(createHarness(), '{"statusCode": 400}');
    apis.putIntegrationResponse(answer);
    apis.putMethodResponse({ ...name, statusCode: "400" });
    apis.putIntegrationResponse({
      ...name,
      statusCode: "400",
      selectionPattern: "4\\d\\d",
      responseTemplates: { "application/json": '{"no":"way"}' },
    });
    serve();
    const response = await send("/a", { method: "OPTIONS" });
    expect([response.status, await response.text()]).toEqual([400, '{"no":"way"}']);
  });

  it("without a response is a configuration error: 500", async () => {
    const { apis, name, answer, serve, send } = putCors(createHarness());
    apis.putIntegrationResponse(answer);
    apis.deleteIntegrationResponse(name.restApiId, name, "204");
    serve();
    expect((await send("/a", { method: "OPTIONS" })).status).toBe(500);
  });

  it("may only respond what the method declares, in literals", () => {
    const { apis, answer } = putCors(createHarness());
    const put = (over: object) => () => {
      apis.putIntegrationResponse({ ...answer, ...over });
    };
    expect(put({ statusCode: "200" })).toThrow("declares no response 200");
    expect(put({ responseParameters: { "method.response.header.X": "'1'" } })).toThrow("X");
    expect(put(allowOrigin("integration.response.header.Origin"))).toThrow("integration.response");
    expect(put({ responseTemplates: { "application/json": "$input.body" } })).toThrow("templates");
    expect(put({ selectionPattern: "(" })).toThrow("not a regular expression");
  });

  it("needs a request template that names a status", () => {
    expect(() => putCors(createHarness(), "$input.body")).toThrow("request template");
  });
});
