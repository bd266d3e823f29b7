/** Invocations at the AWS endpoint, with AWS's own client. */
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { environment } from "../../support/test-cloud.ts";
import { functionArn, name, setUpLambdaApi } from "./lambda-endpoint.ts";

const { accepted, asked, client, endpointUrl, invoke, logs, stub } = setUpLambdaApi();

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
  await expect(invoke({ FunctionName: "Unknown" })).rejects.toMatchObject({
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
  await client().send(new InvokeCommand({ FunctionName: name }));
  expect(accepted).toEqual([[name, "{}"]]);
});

test("a function's error is an answer with 200 that says so", async () => {
  const payload = '{"errorType":"Error","errorMessage":"no"}';
  stub.result = { ok: false, requestId: "r", kind: "function", errorType: "Error", payload };
  const answer = await invokeNow();
  expect(answer).toMatchObject({ StatusCode: 200, FunctionError: "Unhandled" });
  expect(answer.Payload?.transformToString()).toBe(payload);
});

test.each([
  ["throttled", "TooManyRequestsException", 429],
  ["notFound", "ResourceNotFoundException", 404],
] as const)("an invocation that is %s is a %s with %i", async (kind, errorType, httpStatusCode) => {
  stub.result = { ok: false, requestId: "r", kind, errorType, payload: "{}" };
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
  stub.result = { ok: true, requestId: "request-1 ends", payload: "1" };
  const short = await invokeNow({ LogType: "Tail" });
  expect(Buffer.from(short.LogResult ?? "", "base64").toString()).toBe("request-1 ends\n");
  stub.result = { ok: true, requestId: line, payload: "1" };
  const { LogResult = "" } = await invokeNow({ LogType: "Tail" });
  expect(Buffer.from(LogResult, "base64")).toHaveLength(4096);
});

test.each([
  ["a dry run", { InvocationType: "DryRun" }, "DryRun"],
  ["another version", { Qualifier: "7" }, "the qualifier 7"],
  ["a client context", { ClientContext: "e30=" }, "client context"],
] as const)("%s is rejected by name, and nothing is accepted", async (_, options, named) => {
  await expect(invoke(options)).rejects.toThrow(named);
  expect(accepted).toEqual([]);
});

test("a function's name that cannot be decoded is rejected", async () => {
  const scope = `operator/20260101/${environment.region}/lambda/aws4_request`;
  const response = await fetch(`${endpointUrl()}/2015-03-31/functions/%zz/invocations`, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, Signature=0` },
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ __type: "InvalidURI" });
  expect(asked).toEqual([]);
});
