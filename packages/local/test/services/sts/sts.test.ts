/** Who a caller is. */
import { createRequestRecorder } from "../../../src/requests/recorder.ts";
import { expect, test } from "vitest";
import { AwsError } from "../../../src/aws-protocol/errors.ts";
import { createAwsEndpoint } from "../../../src/aws-protocol/endpoint.ts";
import { createSts } from "../../../src/services/sts/sts.ts";
import { callQuery } from "../../support/raw-calls.ts";
import { environment } from "../../support/test-cloud.ts";

const endpoint = createAwsEndpoint({
  requests: createRequestRecorder(),
  region: environment.region,
  services: {
    sts: createSts({
      account: environment.account,
      functionOf: (key) =>
        key === "Worker"
          ? {
              arn: "arn:aws:lambda:us-east-1:000000000000:function:Worker",
              roleArn: "arn:aws:iam::000000000000:role/path/Role",
            }
          : undefined,
    }),
  },
  authorize: () => {
    throw new AwsError("AccessDeniedException", "denied");
  },
  publicDocument: () => undefined,
  webOrigins: () => new Set(),
  onError: () => undefined,
});
const identify = (caller: string, more: Record<string, string> = {}) =>
  callQuery(
    endpoint,
    "sts",
    { Action: "GetCallerIdentity", Version: "2011-06-15", ...more },
    caller,
  );

// Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
test("the operator is the account's root", async () => {
  const { status, body } = await identify("anything");
  expect(status).toBe(200);
  expect(body).toContain(
    "<GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:root</Arn><UserId>000000000000</UserId><Account>000000000000</Account></GetCallerIdentityResult>",
  );
});

test("a function is a session of its role, even where IAM denies the question", async () => {
  const { body } = await identify("Worker");
  expect(body).toContain("<Arn>arn:aws:sts::000000000000:assumed-role/Role/Worker</Arn>");
  expect(body).toMatch(/<UserId>AROA[0-9A-F]{17}:Worker<\/UserId>/);
});

test("what is not understood is rejected by name", async () => {
  const { status, body } = await identify("anything", { ExternalId: "x" });
  expect(status).toBe(400);
  expect(body).toContain("does not support the parameter ExternalId");
  const other = await callQuery(endpoint, "sts", { Action: "AssumeRole" });
  expect(other.body).toContain("<Code>InvalidAction</Code>");
  expect(other.body).toContain("does not support sts:AssumeRole.");
});
