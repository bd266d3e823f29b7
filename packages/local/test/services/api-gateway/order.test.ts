/** The order of the handlers: a request with every fault is rejected for one after the other. */
import { describe, expect, it } from "vitest";
import { block } from "./firewall.ts";
import { createHarness, deploy, type Call } from "./gateway-harness.ts";

/** A stage at which every handler rejects the request. */
function serve() {
  const harness = createHarness();
  const { apis, doubles } = harness;
  const api = deploy(harness, [{ path: "/a", method: "POST", pools: ["us-east-1_Pool00000"] }]);
  const stage = { restApiId: api.id, stageName: "local" };
  block(harness, api.stage.arn, "192.0.2.0/24");
  doubles.verifyToken = async (_, token) =>
    token === "token"
      ? { ok: true, claims: { token_use: "id" } }
      : { ok: false, reason: "invalid" };
  doubles.isInvokeAllowed = false;

  apis.putModel({ restApiId: api.id, name: "List", schema: '{"type":"array"}' });
  const { id: requestValidatorId } = apis.putRequestValidator({
    restApiId: api.id,
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  const { id: authorizerId } = apis.putAuthorizer({
    restApiId: api.id,
    name: "pool",
    type: "COGNITO_USER_POOLS",
    providerArns: ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Pool00000"],
  });
  apis.putMethod({
    restApiId: api.id,
    resourceId: api.resourceIdOf("/a"),
    httpMethod: "POST",
    authorization: "COGNITO_USER_POOLS",
    authorizerId,
    apiKeyRequired: true,
    requestValidatorId,
    requestParameters: { "method.request.querystring.q": true },
    requestModels: { $default: "List" },
  });
  apis.putStage({
    ...stage,
    deploymentId: apis.deploy(stage).id,
    accessLogSettings: { destinationArn: "arn:log-group", format: "$context.error.responseType" },
  });

  const key = apis.putApiKey({});
  const { id: usagePlanId } = apis.putUsagePlan({});
  apis.putUsagePlanKey({ usagePlanId, keyId: key.id, keyType: "API_KEY" });
  const allow = (planRate: number, limit: number) => {
    apis.putUsagePlan({
      id: usagePlanId,
      apiStages: [{ apiId: api.id, stage: "local" }],
      throttleSettings: { rateLimit: planRate, burstLimit: planRate },
      quotaSettings: { limit, period: "DAY" },
    });
  };
  const allowStage = (rate: number) => {
    const settings = { throttlingRateLimit: rate, throttlingBurstLimit: rate };
    apis.putMethodSettings({ ...stage, methodPath: "*/*", settings });
  };
  allow(0, 0);
  allowStage(0);
  return { ...harness, key, allow, allowStage };
}

describe("the handlers", () => {
  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html (the firewall first)
  // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.snapshot.json (test_routing_not_found: no authorizer)
  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html (a client's limits before the stage's)
  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html (before the integration)
  // Assumed: the key and the throttles come after the authorizer, and before the validation.
  it("are firewall, route, authorizer, key, plan, stage throttle, validation, integration", async () => {
    const { send, logs, doubles, key, allow, allowStage } = serve();
    let path = "/nowhere";
    const call: Call = { method: "POST", remoteAddress: "192.0.2.1", headers: {}, body: "{}" };
    const repairs: [repair: () => void, rejectedWith: string][] = [
      [() => undefined, "WAF_FILTERED"],
      [() => (call.remoteAddress = "127.0.0.1"), "MISSING_AUTHENTICATION_TOKEN"],
      [() => (path = "/a"), "UNAUTHORIZED"],
      [() => (call.headers = { authorization: "token" }), "INVALID_API_KEY"],
      [() => (call.headers = { ...call.headers, "x-api-key": key.value }), "THROTTLED"],
      [
        () => {
          allow(100, 0);
        },
        "QUOTA_EXCEEDED",
      ],
      [
        () => {
          allow(100, 100);
        },
        "THROTTLED",
      ],
      [
        () => {
          allowStage(100);
        },
        "BAD_REQUEST_PARAMETERS",
      ],
      [() => (path = "/a?q=1"), "BAD_REQUEST_BODY"],
      [() => (call.body = "[]"), "API_CONFIGURATION_ERROR"],
      [() => (doubles.isInvokeAllowed = true), "-"],
    ];
    for (const [repair] of repairs) {
      repair();
      await send(path, call);
    }
    expect(logs.map(({ line }) => line)).toEqual(repairs.map(([, rejectedWith]) => rejectedWith));
  });
});
