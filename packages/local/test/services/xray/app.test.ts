/** The trace of a request through a stage, functions and a topic. */
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { only, outline, startTracedApp, type TracedApp } from "./traced-app.ts";

let app: TracedApp;
beforeAll(async () => {
  app = await startTracedApp();
});
afterAll(() => app.stop());

const traced = async (headers?: Record<string, string>, of = app) => {
  const posted = await of.post(headers);
  return { ...posted, segments: await of.trace(posted.id, "AWS::Lambda::Function", 2) };
};

// Source: https://github.com/awslabs/aws-iatk
// Source: https://docs.aws.amazon.com/xray/latest/devguide/xray-services-sns.html
test("a request is one trace, in which each call is below its caller", async () => {
  const cold = await startTracedApp();
  onTestFinished(() => cold.stop());
  const { status, id, header, body, segments } = await traced({}, cold);
  expect(status).toBe(200);
  expect(outline(segments)).toEqual([
    "api/local AWS::ApiGateway::Stage",
    "  Lambda",
    "    External AWS::Lambda",
    "      External AWS::Lambda::Function",
    "        Initialization",
    "        Invocation",
    "          SecretsManager",
    "            SecretsManager AWS::SecretsManager",
    "          SNS",
    "            Internal AWS::Lambda",
    "              Dwell Time",
    "              Attempt #1",
    "                Internal AWS::Lambda::Function",
    "                  Initialization",
    "                  Invocation",
    "                  Overhead",
    "            SNS AWS::SNS",
    "        Overhead",
  ]);
  const external = only(segments, "External", "AWS::Lambda::Function");
  expect(body).toBe(`Root=${id};Parent=${external.id};Sampled=1`);
  expect(header).toMatch(new RegExp(`^Root=${id};Parent=\\w{16};Sampled=1$`));
});

test("a warm environment has no initialization", async () => {
  await traced();
  const { segments } = await traced();
  expect(outline(segments).join()).not.toContain("Initialization");
});

// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-understanding-xray-traces.html
test("the stage's segment has the request and the response", async () => {
  const { segments } = await traced({ "user-agent": "tester" });
  expect(only(segments, "api/local")).toMatchObject({
    http: {
      request: {
        url: expect.stringMatching(
          /^https:\/\/\w+\.execute-api\.us-east-1\.amazonaws\.com\/local\/names\?q=1$/,
        ),
        method: "POST",
        user_agent: "tester",
        client_ip: "127.0.0.1",
        x_forwarded_for: true,
      },
      response: { status: 200 },
    },
    aws: {
      api_gateway: {
        account_id: "000000000000",
        stage: "local",
        request_id: expect.stringMatching(/^[\w-]{36}$/),
      },
    },
    annotations: { "aws:api_stage": "local" },
    resource_arn: expect.stringMatching(
      /^arn:aws:apigateway:us-east-1::\/restapis\/\w+\/stages\/local$/,
    ),
  });
  expect(only(segments, "Lambda")).toMatchObject({
    namespace: "aws",
    http: { response: { status: 200 } },
    aws: { function_name: "External", operation: "Invoke" },
  });
});

test("Lambda's segment and the function's have the request, the function and its account", async () => {
  const { segments } = await traced();
  expect(only(segments, "Internal", "AWS::Lambda")).toMatchObject({
    http: { response: { status: 202 } },
    aws: { request_id: expect.stringMatching(/^[\w-]{36}$/) },
    resource_arn: "arn:aws:lambda:us-east-1:000000000000:function:Internal",
  });
  expect(only(segments, "Internal", "AWS::Lambda::Function")).toMatchObject({
    aws: {
      account_id: "000000000000",
      function_arn: "arn:aws:lambda:us-east-1:000000000000:function:Internal",
      resource_names: ["Internal"],
    },
  });
});

// Source: https://github.com/aws/aws-xray-sdk-node
test("a call of a function has its operation, its request id and its status", async () => {
  const { segments } = await traced();
  const external = only(segments, "External", "AWS::Lambda::Function");
  expect(only([external], "Invocation").subsegments).toMatchObject([
    { name: "SecretsManager", namespace: "aws", aws: { operation: "GetSecretValue", retries: 0 } },
    {
      name: "SNS",
      namespace: "aws",
      http: { response: { status: 200 } },
      aws: {
        operation: "Publish",
        region: "us-east-1",
        request_id: expect.stringMatching(/^[\w-]{36}$/),
      },
    },
  ]);
});
