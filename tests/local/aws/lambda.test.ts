/** Lambda's Invoke at the AWS endpoint, called with AWS's own client. */
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createAwsEndpoint, createLambdaApi } from "../../../packages/local/src/aws/index.ts";
import { LambdaError } from "../../../packages/local/src/lambda/index.ts";
import { listen } from "../../../packages/local/src/listen.ts";
import { location } from "./support.ts";

const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:app-test-Consumer";
const accepted: [string, string][] = [];
/** What IAM was asked to allow. */
const asked: string[] = [];
let client: LambdaClient;
let stop: () => Promise<void>;

/** Knows one function. */
const functions = {
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
    region: location.region,
    services: { lambda: createLambdaApi({ ...location, functions }) },
    publicDocument: () => undefined,
    onError: () => undefined,
  });
  const listener = await listen(endpoint.fetch, 0);
  client = new LambdaClient({
    endpoint: listener.url,
    region: location.region,
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

test.each([
  ["a synchronous invocation", { InvocationType: "RequestResponse" }, "RequestResponse"],
  ["another version", { Qualifier: "7" }, "the qualifier 7"],
  ["a client context", { ClientContext: "e30=" }, "client context"],
] as const)("%s is refused by name, and nothing is accepted", async (_, options, named) => {
  await expect(invoke(options)).rejects.toThrow(named);
  expect(accepted).toEqual([]);
});

test("another operation is refused by name", async () => {
  await expect(client.send(new ListFunctionsCommand({}))).rejects.toThrow(
    "The local cloud does not support lambda:GET /2015-03-31/functions.",
  );
});
