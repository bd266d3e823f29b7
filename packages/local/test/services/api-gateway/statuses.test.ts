/** The gateway's own error responses: status, type and body, each with its source. */
import { describe, expect, it } from "vitest";
import type { InvocationResult } from "../../../src/services/lambda/invocations/invocation.ts";
import { block } from "./firewall.ts";
import { numbersSchema, serveOrders } from "./rules.ts";
import { createHarness, deploy, failure, outcome, reply, type Call } from "./gateway-harness.ts";

const pools = ["us-east-1_Pool00000"];
const token = { authorization: "token" };
const validator = { validateRequestBody: true, validateRequestParameters: true };

/** A method, open unless it has pools, called once. */
async function callOne(
  arrange: (harness: ReturnType<typeof createHarness>, stageArn: string, id: string) => void,
  { path = "/a", ...call }: Call & { path?: string } = {},
  sketch: { pools?: string[]; timeoutMilliseconds?: number } = {},
) {
  const harness = createHarness();
  const { id, stage } = deploy(harness, [{ path: "/a", method: "ANY", ...sketch }]);
  arrange(harness, stage.arn, id);
  return harness.send(path, call);
}

const asIs = () => undefined;

const rejecting =
  (reason: "invalid" | "expired") =>
  ({ doubles }: ReturnType<typeof createHarness>) => {
    doubles.verifyToken = async () => ({ ok: false, reason });
  };

const invoking =
  (result: () => Promise<InvocationResult>) =>
  ({ doubles }: ReturnType<typeof createHarness>) => {
    doubles.invoke = result;
  };

const failing = (kind: "function" | "timeout" | "throttled") => invoking(async () => failure(kind));

const withQuota = () => {
  const { apis, restApiId, post } = serveOrders({ rules: { apiKeyRequired: true } });
  const { id: usagePlanId } = apis.putUsagePlan({
    apiStages: [{ apiId: restApiId, stage: "local" }],
    quotaSettings: { limit: 0, period: "DAY" },
  });
  const key = apis.putApiKey({});
  apis.putUsagePlanKey({ usagePlanId, keyId: key.id, keyType: "API_KEY" });
  return post("", { "x-api-key": key.value });
};

interface Row {
  what: string;
  /** Where AWS's response is documented or was recorded; the support table has the confidence. */
  source: string;
  call: () => Promise<Response>;
  status: number;
  errorType: string;
  message: string | null;
}

const internal = { errorType: "InternalServerErrorException", message: "Internal server error" };

const rows: Row[] = [
  {
    what: "no token",
    source: "https://github.com/aws-samples/serverless-patterns/issues/2254",
    call: () => callOne(asIs, {}, { pools }),
    status: 401,
    errorType: "UnauthorizedException",
    message: "Unauthorized",
  },
  {
    what: "a token of another pool",
    source: "https://github.com/aws-samples/serverless-patterns/issues/2254",
    call: () => callOne(rejecting("invalid"), { headers: token }, { pools }),
    status: 401,
    errorType: "UnauthorizedException",
    message: "Unauthorized",
  },
  {
    what: "an expired token",
    source: "https://github.com/aws-amplify/amplify-js/issues/6060",
    call: () => callOne(rejecting("expired"), { headers: token }, { pools }),
    status: 401,
    errorType: "UnauthorizedException",
    message: "The incoming token has expired",
  },
  {
    what: "an unknown path",
    source:
      "https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.snapshot.json",
    call: () => callOne(asIs, { path: "/b" }),
    status: 403,
    errorType: "MissingAuthenticationTokenException",
    message: "Missing Authentication Token",
  },
  {
    what: "an unknown path with a bearer token",
    source: "http://www.kouhan.cn/en/article/00039538",
    call: () => callOne(asIs, { path: "/b", headers: { authorization: "Bearer a" } }),
    status: 403,
    errorType: "IncompleteSignatureException",
    message:
      "'TOKEN' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer TOKEN'.",
  },
  {
    what: "a request that the firewall blocks",
    source:
      "https://aws.amazon.com/premiumsupport/knowledge-center/api-gateway-troubleshoot-403-forbidden/",
    call: () =>
      callOne((harness, stageArn) => block(harness, stageArn, "192.0.2.1/32"), {
        remoteAddress: "192.0.2.1",
      }),
    status: 403,
    errorType: "ForbiddenException",
    message: "Forbidden",
  },
  {
    what: "no API key",
    source:
      "https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.snapshot.json",
    call: () => serveOrders({ rules: { apiKeyRequired: true } }).post(""),
    status: 403,
    errorType: "ForbiddenException",
    message: "Forbidden",
  },
  {
    what: "too many requests",
    source: "https://repost.aws/knowledge-center/api-gateway-429-limit",
    call: () =>
      callOne(({ apis }, _, restApiId) => {
        const settings = { throttlingRateLimit: 0, throttlingBurstLimit: 0 };
        apis.putMethodSettings({ restApiId, stageName: "local", methodPath: "*/*", settings });
      }),
    status: 429,
    errorType: "TooManyRequestsException",
    message: "Too Many Requests",
  },
  {
    what: "a quota that is used up",
    source: "https://repost.aws/knowledge-center/api-gateway-429-limit",
    call: withQuota,
    status: 429,
    errorType: "LimitExceededException",
    message: "Limit Exceeded",
  },
  {
    what: "a body that does not fit its model",
    source:
      "https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.snapshot.json",
    call: () => {
      const rules = { requestModels: { $default: "Numbers" } };
      return serveOrders({ validator, models: { Numbers: numbersSchema }, rules }).post("{}");
    },
    status: 400,
    errorType: "BadRequestException",
    message: "Invalid request body",
  },
  {
    what: "a missing parameter",
    source:
      "https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.snapshot.json",
    call: () => {
      const rules = { requestParameters: { "method.request.querystring.qs1": true } };
      return serveOrders({ validator, rules }).post("{}");
    },
    status: 400,
    errorType: "BadRequestException",
    message: "Missing required request parameters: [qs1]",
  },
  {
    what: "a body of more than 10 MB",
    source:
      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html",
    call: () => callOne(asIs, { method: "POST", body: new Uint8Array(10 * 1024 * 1024 + 1) }),
    status: 413,
    errorType: "RequestTooLargeException",
    message: "Request Too Long",
  },
  {
    what: "a function that takes too long",
    source:
      "https://aws.amazon.com/about-aws/whats-new/2024/06/amazon-api-gateway-integration-timeout-limit-29-seconds/",
    call: () =>
      callOne(
        invoking(() => Promise.withResolvers<InvocationResult>().promise),
        {},
        { timeoutMilliseconds: 50 },
      ),
    status: 504,
    errorType: "InternalServerErrorException",
    message: "Endpoint request timed out",
  },
  {
    what: "a function that throws",
    source:
      "https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json",
    call: () => callOne(failing("function")),
    status: 502,
    ...internal,
  },
  {
    what: "a function that times out",
    source:
      "https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json",
    call: () => callOne(failing("timeout")),
    status: 502,
    ...internal,
  },
  {
    what: "a malformed reply",
    source:
      "https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json",
    call: () => callOne(invoking(async () => reply({ statusCode: 200, wrongValue: "value" }))),
    status: 502,
    ...internal,
  },
  {
    what: "a throttled function",
    source:
      "https://github.com/aws/agent-toolkit-for-aws/blob/d6ad2e4/skills/core-skills/aws-serverless/references/troubleshooting.md",
    call: () => callOne(failing("throttled")),
    status: 500,
    ...internal,
  },
  {
    what: "no permission to invoke the function",
    source:
      "https://github.com/aws/agent-toolkit-for-aws/blob/d6ad2e4/skills/core-skills/aws-serverless/references/troubleshooting.md",
    call: () =>
      callOne(({ doubles }) => {
        doubles.isInvokeAllowed = false;
      }),
    status: 500,
    ...internal,
  },
];

describe("API Gateway responds", () => {
  it.each(rows)("$what with $status ($source)", async ({ call, status, errorType, message }) => {
    const response = await call();
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("x-amzn-RequestId")).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get("x-amz-apigw-id")).toMatch(/=$/);
    const { body, ...rest } = await outcome(response);
    expect(rest).toEqual({ status, errorType });
    expect(JSON.parse(body)).toEqual({ message });
  });
});
