/** Lambda at the AWS endpoint, called with AWS's own client. */
import {
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createAwsEndpoint } from "../../../src/aws-protocol/endpoint.ts";
import { createLambdaApi } from "../../../src/services/lambda/api/operations.ts";
import { LambdaError } from "../../../src/services/lambda/functions/errors.ts";
import type { FunctionState } from "../../../src/services/lambda/registry.ts";
import type { InvocationResult } from "../../../src/services/lambda/invocations/invocation.ts";
import type { Permission } from "../../../src/services/lambda/functions/permissions.ts";
import { listen } from "../../../src/http/listen.ts";
import { createLogGroups } from "../../../src/services/cloudwatch-logs/log-groups.ts";
import { settingsOf } from "./lambda-harness.ts";
import { environment } from "../../support/test-cloud.ts";

const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:app-test-Consumer";
const accepted: [string, string][] = [];
/** What IAM was asked to allow. */
const asked: string[] = [];
let client: LambdaClient;
let endpointUrl: string;
let stop: () => Promise<void>;

const logs = createLogGroups();
const name = "app-test-Consumer";
const consumer: FunctionState = {
  version: {
    settings: settingsOf("none.zip", { name, environment: { A: "1" }, reservedConcurrency: 3 }),
    codeFolder: "none",
  },
  codeSha256: "hash",
};
/** What the next synchronous invocation gives. */
let result: InvocationResult;

const permissions: Permission[] = [];

/** Knows one function, and lists it 51 times. */
const functions = {
  listPermissions: () => permissions,
  listFunctions: () => Array.from({ length: 51 }, () => consumer),
  getFunction: (nameOrArn: string) =>
    [name, functionArn].includes(nameOrArn) ? consumer : undefined,
  invoke(nameOrArn: string, payload: string) {
    accepted.push([nameOrArn, payload]);
    return Promise.resolve(result);
  },
  invokeAsync(nameOrArn: string, payload: string) {
    if (nameOrArn !== functionArn) {
      throw new LambdaError("ResourceNotFoundException", `Function not found: ${nameOrArn}`);
    }
    accepted.push([nameOrArn, payload]);
    return { requestId: "any" };
  },
};

beforeAll(async () => {
  const endpoint = createAwsEndpoint({
    authorize: ({ service, operation, resource }) =>
      asked.push(`${service}:${operation} ${resource}`),
    region: environment.region,
    services: { lambda: createLambdaApi({ ...environment, functions, logs }) },
    publicDocument: () => undefined,
    onError: () => undefined,
  });
  const listener = await listen(endpoint.fetch, 0);
  endpointUrl = listener.url;
  client = new LambdaClient({
    endpoint: endpointUrl,
    region: environment.region,
    credentials: { accessKeyId: "operator", secretAccessKey: "any" },
    maxAttempts: 1,
  });
  stop = async () => {
    client.destroy();
    await listener.close();
  };
});
beforeEach(() => {
  accepted.length = 0;
  asked.length = 0;
  result = { ok: true, requestId: "request-1", payload: '"done"' };
});
afterAll(() => stop());

const invoke = (options: Partial<InvokeCommand["input"]> = {}) =>
  client.send(
    new InvokeCommand({
      FunctionName: functionArn,
      InvocationType: "Event",
      Payload: '{"name":"Zoë"}',
      ...options,
    }),
  );

test("an event is accepted with 202 and given to the function as it is", async () => {
  await expect(invoke()).resolves.toMatchObject({ StatusCode: 202 });
  expect(accepted).toEqual([[functionArn, '{"name":"Zoë"}']]);
});

test.each([
  ["its ARN", functionArn],
  ["its name", "app-test-Consumer"],
])(
  "IAM is asked for lambda:InvokeFunction on the function, called by %s",
  async (_, FunctionName) => {
    await invoke({ FunctionName }).catch(() => undefined);
    expect(asked).toEqual([`lambda:InvokeFunction ${functionArn}`]);
  },
);

test("the version $LATEST is the function itself", async () => {
  await expect(invoke({ Qualifier: "$LATEST" })).resolves.toMatchObject({ StatusCode: 202 });
});

test("a function that is not there is a ResourceNotFoundException with 404", async () => {
  await expect(invoke({ FunctionName: "nobody" })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    $metadata: { httpStatusCode: 404 },
  });
});

const write = (message: string, stream = "one") =>
  logs.write({ group: `/aws/lambda/${name}`, stream, timestamp: 1, message });
const invokeNow = (options: Partial<InvokeCommand["input"]> = {}) =>
  invoke({ InvocationType: "RequestResponse", ...options });

// Source: https://docs.aws.amazon.com/lambda/latest/dg/API_Invoke.html
test("a synchronous invocation answers with what the function gave", async () => {
  const answer = await invokeNow();
  expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: "$LATEST" });
  expect(answer.FunctionError).toBeUndefined();
  expect(answer.LogResult).toBeUndefined();
  expect(answer.Payload?.transformToString()).toBe('"done"');
  expect(accepted).toEqual([[functionArn, '{"name":"Zoë"}']]);
});

test("an invocation is synchronous by default, and gives an empty object without a payload", async () => {
  await client.send(new InvokeCommand({ FunctionName: name }));
  expect(accepted).toEqual([[name, "{}"]]);
});

test("a function's error is an answer with 200 that says so", async () => {
  const payload = '{"errorType":"Error","errorMessage":"no"}';
  result = { ok: false, requestId: "r", kind: "function", errorType: "Error", payload };
  const answer = await invokeNow();
  expect(answer).toMatchObject({ StatusCode: 200, FunctionError: "Unhandled" });
  expect(answer.Payload?.transformToString()).toBe(payload);
});

test.each([
  ["throttled", "TooManyRequestsException", 429],
  ["notFound", "ResourceNotFoundException", 404],
] as const)("an invocation that is %s is a %s with %i", async (kind, errorType, httpStatusCode) => {
  result = { ok: false, requestId: "r", kind, errorType, payload: "{}" };
  await expect(invokeNow()).rejects.toMatchObject({
    name: errorType,
    $metadata: { httpStatusCode },
  });
});

test("the tail of the log holds what this invocation's environment wrote during it", async () => {
  write("START request-0");
  write("START request-1");
  write("elsewhere", "two");
  write("a line without an id");
  write("REPORT request-1");
  write("START request-2");
  const { LogResult = "" } = await invokeNow({ LogType: "Tail" });
  expect(Buffer.from(LogResult, "base64").toString()).toBe(
    "START request-1\na line without an id\nREPORT request-1\n",
  );
});

test("the tail of the log is 4 KB at most, the last ones", async () => {
  const line = "x".repeat(5000);
  for (const message of ["request-1", line, "request-1 ends"]) write(message, "large");
  result = { ok: true, requestId: "request-1 ends", payload: "1" };
  const short = await invokeNow({ LogType: "Tail" });
  expect(Buffer.from(short.LogResult ?? "", "base64").toString()).toBe("request-1 ends\n");
  result = { ok: true, requestId: line, payload: "1" };
  const { LogResult = "" } = await invokeNow({ LogType: "Tail" });
  expect(Buffer.from(LogResult, "base64")).toHaveLength(4096);
});

test("a function's configuration can be read, and needs its own permission", async () => {
  await expect(
    client.send(new GetFunctionConfigurationCommand({ FunctionName: name })),
  ).resolves.toMatchObject({
    FunctionName: name,
    FunctionArn: functionArn,
    Role: "arn:aws:iam::000000000000:role/app-test-Consumer",
    Timeout: 10,
    MemorySize: 256,
    State: "Active",
    Environment: { Variables: { A: "1" } },
    LoggingConfig: { LogFormat: "JSON", LogGroup: "/aws/lambda/app-test-Consumer" },
  });
  expect(asked).toEqual([`lambda:GetFunctionConfiguration ${functionArn}`]);
  await expect(
    client.send(new GetFunctionConfigurationCommand({ FunctionName: "nobody" })),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test.each([
  ["a dry run", { InvocationType: "DryRun" }, "DryRun"],
  ["another version", { Qualifier: "7" }, "the qualifier 7"],
  ["a client context", { ClientContext: "e30=" }, "client context"],
] as const)("%s is rejected by name, and nothing is accepted", async (_, options, named) => {
  await expect(invoke(options)).rejects.toThrow(named);
  expect(accepted).toEqual([]);
});

// Source: https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
test("a function is told with its reserved concurrency, without the place of its code", async () => {
  const answer = await client.send(new GetFunctionCommand({ FunctionName: name }));
  expect(answer).toMatchObject({
    Configuration: { FunctionName: name, State: "Active" },
    Concurrency: { ReservedConcurrentExecutions: 3 },
  });
  expect(answer).not.toHaveProperty("Code");
  expect(asked).toEqual([`lambda:GetFunction ${functionArn}`]);
  await expect(
    client.send(new GetFunctionCommand({ FunctionName: "nobody" })),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

// Source: https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
test("functions are listed 50 at a time, without what only a function by itself tells", async () => {
  const first = await client.send(new ListFunctionsCommand({ MaxItems: 60 }));
  expect(first.Functions).toHaveLength(50);
  expect(first.Functions?.[0]).toMatchObject({ FunctionName: name, Handler: "bundle.handler" });
  expect(first.Functions?.[0]).not.toHaveProperty("State");
  const rest = await client.send(new ListFunctionsCommand({ Marker: first.NextMarker }));
  expect(rest.Functions).toHaveLength(1);
  expect(rest.NextMarker).toBeUndefined();
  expect(asked).toEqual(["lambda:ListFunctions *", "lambda:ListFunctions *"]);
});

test("a list of versions, a page of none and a marker that no page gave are rejected", async () => {
  for (const [input, named] of [
    [{ FunctionVersion: "ALL" }, "FunctionVersion"],
    [{ MaxItems: 0 }, "MaxItems"],
    [{ Marker: "made-up" }, "token"],
  ] as const) {
    await expect(client.send(new ListFunctionsCommand(input))).rejects.toThrow(named);
  }
});

// Source: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
test("a function's permissions are its policy; without any there is none", async () => {
  const get = new GetPolicyCommand({ FunctionName: name });
  await expect(client.send(get)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  const permission = { functionName: name, action: "lambda:InvokeFunction" };
  const sourceArn = "arn:aws:sns:us-east-1:000000000000:names";
  permissions.push(
    { ...permission, statementId: "topic", principal: "sns.amazonaws.com", sourceArn },
    { ...permission, statementId: "any", principal: "*" },
  );
  const { Policy = "" } = await client.send(get);
  const statement = { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: functionArn };
  expect(JSON.parse(Policy)).toEqual({
    Version: "2012-10-17",
    Id: "default",
    Statement: [
      {
        ...statement,
        Sid: "topic",
        Principal: { Service: "sns.amazonaws.com" },
        Condition: { ArnLike: { "AWS:SourceArn": sourceArn } },
      },
      { ...statement, Sid: "any", Principal: "*" },
    ],
  });
  expect(asked.at(-1)).toBe(`lambda:GetPolicy ${functionArn}`);
});

test("another operation is rejected by name", async () => {
  const url = `${endpointUrl}/2015-03-31/functions/${name}/concurrency`;
  const authorization =
    "AWS4-HMAC-SHA256 Credential=operator/20260101/us-east-1/lambda/aws4_request";
  const answer = await fetch(url, { headers: { authorization } });
  expect(await answer.text()).toContain("The local cloud does not support lambda:GET /2015-03-31");
});

test("a function's name that cannot be decoded is rejected", async () => {
  const scope = `operator/20260101/${environment.region}/lambda/aws4_request`;
  const response = await fetch(`${endpointUrl}/2015-03-31/functions/%zz/invocations`, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, Signature=0` },
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ __type: "InvalidURI" });
  expect(asked).toEqual([]);
});
