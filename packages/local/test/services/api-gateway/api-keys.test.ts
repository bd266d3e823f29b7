/** Step 4: methods that require an API key. */
import { describe, expect, it } from "vitest";
import { servePlan } from "./plans.ts";
import { outcome } from "./gateway-harness.ts";

const forbidden = {
  status: 403,
  errorType: "ForbiddenException",
  body: '{"message":"Forbidden"}',
};

describe("a method that requires an API key", () => {
  // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.snapshot.json (test_api_key_required_for_methods)
  it("accepts a key of a plan of its stage, and responds 403 without one", async () => {
    const { call, post, events } = servePlan();
    expect(await call()).toBe(200);
    expect(await outcome(await post(""))).toEqual(forbidden);
    expect(events).toHaveLength(1);
  });

  it("rejects a made-up key, an empty one, one in the query, and two at once", async () => {
    const { call, post, key } = servePlan();
    expect(await call("a".repeat(40))).toBe(403);
    expect(await call("")).toBe(403);
    expect((await post("", {}, `/orders/7?x-api-key=${key.value}`)).status).toBe(403);
    expect(await call(`${key.value}, ${key.value}`)).toBe(403);
  });

  // Recorded by the same test.
  it("rejects a disabled key, at once and without a deployment", async () => {
    const { apis, key, call } = servePlan();
    apis.putApiKey({ id: key.id, enabled: false });
    expect(await call()).toBe(403);
    apis.putApiKey({ id: key.id, enabled: true });
    expect(await call()).toBe(200);
  });

  it("rejects a key once it is taken out of the plan", async () => {
    const { apis, key, planId, call } = servePlan();
    apis.deleteUsagePlanKey(planId, key.id);
    expect(await call()).toBe(403);
  });

  it("rejects a key once the key, the plan, or the plan's stage is gone", async () => {
    const byKey = servePlan();
    byKey.apis.deleteApiKey(byKey.key.id);
    expect(await byKey.call()).toBe(403);
    const byPlan = servePlan();
    byPlan.apis.deleteUsagePlan(byPlan.planId);
    expect(await byPlan.call()).toBe(403);
    const byStage = servePlan();
    byStage.apis.putUsagePlan({ id: byStage.planId, apiStages: [] });
    expect(await byStage.call()).toBe(403);
  });

  it("rejects a key of another stage's plan", async () => {
    const { apis, restApiId, call } = servePlan();
    const { id: deploymentId } = apis.deploy({ restApiId });
    apis.putStage({ restApiId, stageName: "other", deploymentId });
    const plan = apis.putUsagePlan({ apiStages: [{ apiId: restApiId, stage: "other" }] });
    const stranger = apis.putApiKey({});
    apis.putUsagePlanKey({ usagePlanId: plan.id, keyId: stranger.id, keyType: "API_KEY" });
    apis.deleteStage(restApiId, "other");
    expect(await call(stranger.value)).toBe(403);
    expect(await call()).toBe(200);
  });

  it("takes the new value of a key at once, and the old one no longer", async () => {
    const { apis, key, call } = servePlan();
    const value = "new-value-of-the-key-0123456789";
    apis.putApiKey({ id: key.id, value });
    expect([await call(value), await call(key.value)]).toEqual([200, 403]);
  });

  it("passes the key on to the function", async () => {
    const { events, key, call } = servePlan();
    await call();
    expect(events[0]).toMatchObject({
      requestContext: { identity: { apiKey: key.value, apiKeyId: key.id } },
    });
  });

  it("has the key's id and the error in the access log", async () => {
    const format = "$context.status $context.identity.apiKeyId $context.error.responseType";
    const { key, calls, post, logs } = servePlan(
      { quotaSettings: { limit: 1, period: "DAY" } },
      format,
    );
    await calls(2);
    await post("");
    expect(logs.map(({ line }) => line)).toEqual([
      `200 ${key.id} -`,
      `429 ${key.id} QUOTA_EXCEEDED`,
      "403 - INVALID_API_KEY",
    ]);
  });

  it("does not tell an open method's function of a key that was sent", async () => {
    const { events, key, post, putRules, redeploy } = servePlan();
    putRules({ apiKeyRequired: false });
    redeploy();
    expect((await post("", { "x-api-key": key.value })).status).toBe(200);
    expect(JSON.stringify(events)).not.toContain("apiKeyId");
  });
});
