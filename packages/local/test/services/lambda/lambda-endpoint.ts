/** Lambda's API by itself, over a function that is a stub. */
import { createRequestRecorder } from "../../../src/requests/recorder.ts";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, beforeEach } from "vitest";
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
import { clientConfig } from "../../support/client-config.ts";

export const name = "app-test-Consumer";
export const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:app-test-Consumer";

const consumer: FunctionState = {
  version: {
    settings: settingsOf("none.zip", { name, environment: { A: "1" }, reservedConcurrency: 3 }),
    codeFolder: "none",
  },
  codeSha256: "hash",
};

/** Lambda's API for a file's tests, over one function that answers what the test says. */
export function setUpLambdaApi() {
  /** What functions were given. */
  const accepted: [string, string][] = [];
  /** What IAM was asked to allow. */
  const asked: string[] = [];
  const permissions: Permission[] = [];
  const logs = createLogGroups();
  let client: LambdaClient;
  let endpointUrl: string;
  let stop: () => Promise<void>;
  const stub: { result: InvocationResult } = {
    /** What the next synchronous invocation gives. */
    result: { ok: true, requestId: "request-1", payload: '"done"' },
  };

  /** Knows one function, and lists it 51 times. */
  const functions = {
    listPermissions: () => permissions,
    listFunctions: () => Array.from({ length: 51 }, () => consumer),
    getFunction: (nameOrArn: string) =>
      [name, functionArn].includes(nameOrArn) ? consumer : undefined,
    invoke(nameOrArn: string, payload: string) {
      accepted.push([nameOrArn, payload]);
      return Promise.resolve(stub.result);
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
      requests: createRequestRecorder(),
      authorize: ({ service, operation, resource }) =>
        asked.push(`${service}:${operation} ${resource}`),
      region: environment.region,
      services: { lambda: createLambdaApi({ ...environment, functions, logs }) },
      publicDocument: () => undefined,
      webOrigins: () => new Set(),
      onError: () => undefined,
    });
    const listener = await listen(endpoint.fetch, 0);
    endpointUrl = listener.url;
    client = new LambdaClient({
      ...clientConfig(endpointUrl),
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
    for (const group of logs.groups()) logs.deleteGroup(group.name);
    stub.result = { ok: true, requestId: "request-1", payload: '"done"' };
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

  return {
    accepted,
    asked,
    client: () => client,
    endpointUrl: () => endpointUrl,
    invoke,
    logs,
    permissions,
    stub,
  };
}
