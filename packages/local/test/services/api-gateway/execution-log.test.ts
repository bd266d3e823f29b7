/**
 * Execution logs. Sources:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-execution-logging.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-monitor.html
 * https://repost.aws/knowledge-center/api-gateway-logs
 * https://repost.aws/knowledge-center/api-gateway-missing-cloudwatch-logs
 */
import { describe, expect, it } from "vitest";
import type { SettingsOfMethod } from "../../../src/services/api-gateway/store/method-settings.ts";
import type { InvocationResult } from "../../../src/services/lambda/invocations/invocation.ts";
import { failure, functionArn, reply } from "./gateway-harness.ts";
import { errorsOnly, info, logged, pools, serveAt, token } from "./logged-orders.ts";
import { servePlan } from "./plans.ts";

describe("the execution log of a stage", () => {
  it("is the group and a stream of API Gateway's own", async () => {
    const { post, executions, restApiId, clock } = serveAt(info);
    await post("{}");
    const [first] = executions;
    expect(first).toMatchObject({
      group: `API-Gateway-Execution-Logs_${restApiId}/local`,
      stream: expect.stringMatching(/^[0-9a-f]{32}$/),
      timestamp: clock.now,
    });
    expect(new Set(executions.map(({ stream }) => stream)).size).toBe(1);
  });

  it("has the steps of a request at INFO", async () => {
    const { post, lines, restApiId } = serveAt(info);
    const response = await post('{"name":"Ada"}', { authorization: token }, "/orders/7?secret=1");
    const extendedId = response.headers.get("x-amz-apigw-id") ?? "";
    expect(lines(response)).toEqual([
      `Extended Request Id: ${extendedId}`,
      `Verifying Usage Plan for request: ID. API Key:  API Stage: ${restApiId}/local`,
      "API Key  authorized because method 'POST /orders/{id}' does not require API Key. Request will not contribute to throttle or quota limits",
      `Usage Plan check succeeded for API Key  and API Stage ${restApiId}/local`,
      "Starting execution for request: ID",
      "HTTP Method: POST, Resource Path: /orders/7",
      "Successfully completed execution",
      "Method completed with status: 200",
      "AWS Integration Endpoint RequestId : invocation",
    ]);
  });

  it("has the authorizer of a method", async () => {
    const { post, lines, doubles } = serveAt(info, { pools });
    doubles.verifyToken = async () => ({ ok: true, claims: { token_use: "id" } });
    expect(lines(await post("", { authorization: token })).slice(1, 3)).toEqual([
      expect.stringMatching(/^Starting authorizer: \w+ for request: ID$/),
      "Successfully completed authorizer execution",
    ]);
  });

  it("has requests and responses where data is traced, and leaves the response to the client", async () => {
    const { post, lines, doubles } = serveAt({ ...info, dataTraceEnabled: true });
    const result = reply({ statusCode: 201, headers: { etag: "1" }, body: "made" });
    doubles.invoke = async () => result;
    const response = await post('{"name":"Ada"}', { accept: "text/plain" }, "/orders/7?a=1&a=2");
    const written = lines(response);
    const uri = `https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/${functionArn}/invocations`;
    expect(written).toEqual(
      expect.arrayContaining([
        "Method request path: {id=7}",
        "Method request query string: {a=1, a=2}",
        expect.stringMatching(/^Method request headers: \{.*accept=text\/plain.*\}$/),
        'Method request body before transformations: {"name":"Ada"}',
        `Endpoint request URI: ${uri}`,
        expect.stringMatching(/^Endpoint request body after transformations: \{"resource":/),
        `Sending request to ${uri}`,
        "Received response. Status: 200, Integration latency: 0 ms",
        `Endpoint response body before transformations: ${result.ok ? result.payload : ""}`,
        "Method response body after transformations: made",
        expect.stringMatching(/^Method response headers: \{.*etag=1.*\}$/),
      ]),
    );
    expect(await response.text()).toBe("made");
  });

  it("cuts what is longer than 1,024 bytes", async () => {
    const { post, lines } = serveAt({ ...info, dataTraceEnabled: true });
    const label = "Method request body before transformations: ";
    const written = lines(await post("é".repeat(2000)));
    const cut = written.find((line) => line.startsWith(label));
    expect(cut).toBe(`${label}${"é".repeat((1024 - label.length) / 2)} [TRUNCATED]`);
  });
});

describe("what is logged of a method", () => {
  it.each<[SettingsOfMethod]>([
    [{}],
    [{ loggingLevel: "OFF", dataTraceEnabled: true }],
    [{ dataTraceEnabled: true }],
  ])("is nothing with %j", async (settings) => {
    const { post, executions, doubles } = serveAt(settings);
    doubles.invoke = async () => failure("function");
    await post("{}");
    expect(executions).toEqual([]);
  });

  it("is only errors at ERROR, of which a function's own response is none", async () => {
    const { post, executions, doubles } = serveAt({ ...errorsOnly, dataTraceEnabled: true });
    await post("{}");
    doubles.invoke = async () => reply({ statusCode: 500 });
    await post("{}");
    expect(executions).toEqual([]);
  });

  it("is what its own level says, which goes before that of every method", async () => {
    const served = serveAt(info);
    logged(served, { loggingLevel: "OFF" }, "orders/{id}/POST");
    await served.post("{}");
    expect(served.executions).toEqual([]);
    logged(served, { throttlingRateLimit: 5 }, "orders/{id}/POST");
    await served.post("{}");
    expect(served.executions).not.toEqual([]);
  });

  it("is nothing where there is no method, or too large a body", async () => {
    const { post, executions } = serveAt(info);
    await post("{}", {}, "/nowhere");
    await post("x".repeat(6 * 1024 * 1024 + 1));
    expect(executions).toEqual([]);
  });
});

/** The message of a function's error, as Lambda has it. */
const thrown = JSON.stringify({ errorType: "Error", errorMessage: "no database" });

describe("an error at ERROR", () => {
  it.each<[InvocationResult, string[]]>([
    [
      failure("function", thrown),
      [
        "Lambda execution failed with status 200 due to customer function error: no database. Lambda request id: invocation",
        "Method completed with status: 502",
      ],
    ],
    [
      failure("throttled"),
      [
        "Lambda invocation failed with status: 429. Lambda request id: invocation",
        "Execution failed due to configuration error: Rate Exceeded.",
        "Method completed with status: 500",
      ],
    ],
    [
      reply("text"),
      [
        "Execution failed due to configuration error: Malformed Lambda proxy response",
        "Method completed with status: 502",
      ],
    ],
  ])("of a function, %j", async (result, expected) => {
    const { post, lines, doubles } = serveAt(errorsOnly);
    doubles.invoke = async () => result;
    expect(lines(await post("{}"))).toEqual(expected);
  });

  it("of an integration that may not be called", async () => {
    const { post, lines, doubles } = serveAt(errorsOnly);
    doubles.isInvokeAllowed = false;
    expect(lines(await post("{}"))).toEqual([
      "Execution failed due to configuration error: Invalid permissions on Lambda function",
      "Method completed with status: 500",
    ]);
  });

  it("of a limit of the method, of a plan, and of a quota", async () => {
    const served = servePlan({ throttleSettings: { rateLimit: 5, burstLimit: 1 } });
    const { apis, call, executions, key, planId, restApiId, apiStages } = logged(
      served,
      errorsOnly,
    );
    const hidden = `${"*".repeat(key.value.length - 6)}${key.value.slice(-6)}`;
    const resource = apis.findStage(restApiId, "local")?.routes[0]?.resourceId ?? "";
    const place = `RestApi ${restApiId}, Stage local, Resource ${resource}, HttpMethod POST`;
    const last = () => executions.at(-2)?.message.replace(/^\(\S+\) /, "");

    await call();
    await call();
    expect(last()).toBe(
      `API Key ${hidden} exceeded throttle limit for API Stage ${restApiId}/local: Key throttle limit exceeded for Usage Plan ID ${planId}, ${place}. Limit: 5.00 Burst: 1`,
    );
    apis.putUsagePlan({ id: planId, apiStages, quotaSettings: { limit: 1, period: "DAY" } });
    await call();
    await call();
    expect(last()).toBe(
      `API Key ${hidden} exceeded quota limit for API Stage ${restApiId}/local: Key quota exhausted for Usage Plan ID ${planId}. Quota Limit: 1 Period: DAY`,
    );
    apis.putUsagePlan({ id: planId, apiStages });
    logged(served, { ...errorsOnly, throttlingRateLimit: 1, throttlingBurstLimit: 1 });
    await call();
    await call();
    expect(last()).toBe(`Key throttle limit exceeded for ${place}. Limit: 1.00 Burst: 1`);
  });

  it("has the type of a response that the API customizes", async () => {
    const served = serveAt(errorsOnly, { pools });
    const { apis, restApiId, post, lines, redeploy } = served;
    apis.putGatewayResponse({ restApiId, responseType: "UNAUTHORIZED", statusCode: "403" });
    redeploy();
    expect(lines(await post("{}", { authorization: token }))).toEqual([
      "Unauthorized request: ID",
      "Gateway response type: UNAUTHORIZED with status code: 403",
    ]);
  });
});
