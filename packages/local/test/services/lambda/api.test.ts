/** Descriptions of functions at the AWS endpoint, with AWS's own client. */
import {
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  ListFunctionsCommand,
} from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { functionArn, name, setUpLambdaApi } from "./lambda-endpoint.ts";

const { asked, client, endpointUrl, permissions } = setUpLambdaApi();

test("a function's configuration can be read, and needs its own permission", async () => {
  await expect(
    client().send(new GetFunctionConfigurationCommand({ FunctionName: name })),
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
    client().send(new GetFunctionConfigurationCommand({ FunctionName: "Unknown" })),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

// Source: https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
test("a function is told with its reserved concurrency, without the place of its code", async () => {
  const answer = await client().send(new GetFunctionCommand({ FunctionName: name }));
  expect(answer).toMatchObject({
    Configuration: { FunctionName: name, State: "Active" },
    Concurrency: { ReservedConcurrentExecutions: 3 },
  });
  expect(answer).not.toHaveProperty("Code");
  expect(asked).toEqual([`lambda:GetFunction ${functionArn}`]);
  await expect(
    client().send(new GetFunctionCommand({ FunctionName: "Unknown" })),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

// Source: https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
test("functions are listed 50 at a time, without what only a function by itself tells", async () => {
  const first = await client().send(new ListFunctionsCommand({ MaxItems: 60 }));
  expect(first.Functions).toHaveLength(50);
  expect(first.Functions?.[0]).toMatchObject({ FunctionName: name, Handler: "bundle.handler" });
  expect(first.Functions?.[0]).not.toHaveProperty("State");
  const rest = await client().send(new ListFunctionsCommand({ Marker: first.NextMarker }));
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
    await expect(client().send(new ListFunctionsCommand(input))).rejects.toThrow(named);
  }
});

// Source: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
test("a function's permissions are its policy; without any there is none", async () => {
  const get = new GetPolicyCommand({ FunctionName: name });
  await expect(client().send(get)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  const permission = { functionName: name, action: "lambda:InvokeFunction" };
  const sourceArn = "arn:aws:sns:us-east-1:000000000000:names";
  permissions.push(
    { ...permission, statementId: "topic", principal: "sns.amazonaws.com", sourceArn },
    { ...permission, statementId: "any", principal: "*" },
  );
  const { Policy = "" } = await client().send(get);
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
  const url = `${endpointUrl()}/2015-03-31/functions/${name}/concurrency`;
  const authorization =
    "AWS4-HMAC-SHA256 Credential=operator/20260101/us-east-1/lambda/aws4_request";
  const answer = await fetch(url, { headers: { authorization } });
  expect(await answer.text()).toContain("The local cloud does not support lambda:GET /2015-03-31");
});
