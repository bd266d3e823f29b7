/** Step 5a: throttling and quota of a usage plan, with a fake clock; invalid plans. */
import { describe, expect, it } from "vitest";
import { servePlan } from "./plans.ts";
import { outcome } from "./gateway-harness.ts";

describe("a plan's quota", () => {
  // Source: https://repost.aws/knowledge-center/api-gateway-429-limit
  it("gets 429 when it is used up, each key by itself", async () => {
    const { calls, call, post, key, addKey } = servePlan({
      quotaSettings: { limit: 2, period: "DAY" },
    });
    const other = addKey();
    expect(await calls(3)).toEqual([200, 200, 429]);
    expect(await outcome(await post("", { "x-api-key": key.value }))).toEqual({
      status: 429,
      errorType: "LimitExceededException",
      body: '{"message":"Limit Exceeded"}',
    });
    expect(await call(other.value)).toBe(200);
  });

  // The harness begins on Sunday, 2026-11-22. Assumed: calendar periods in UTC, weeks from Sunday.
  it.each([
    ["DAY", "2026-11-23"],
    ["WEEK", "2026-11-29"],
    ["MONTH", "2026-12-01"],
  ] as const)("is reset with each %s", async (period, next) => {
    const { calls, clock } = servePlan({ quotaSettings: { limit: 1, period } });
    expect(await calls(2)).toEqual([200, 429]);
    clock.now = Date.parse(next) - 1;
    expect(await calls(1)).toEqual([429]);
    clock.now = Date.parse(next);
    expect(await calls(2)).toEqual([200, 429]);
  });

  it("can be raised at once, and what was used stays used", async () => {
    const { apis, apiStages, planId, calls } = servePlan({
      quotaSettings: { limit: 1, period: "DAY" },
    });
    await calls(2);
    apis.putUsagePlan({ id: planId, apiStages, quotaSettings: { limit: 3, period: "DAY" } });
    expect(await calls(3)).toEqual([200, 200, 429]);
  });

  it("is not used by requests without a key", async () => {
    const { calls, call } = servePlan({ quotaSettings: { limit: 1, period: "DAY" } });
    expect([await call(""), await call("")]).toEqual([403, 403]);
    expect(await calls(2)).toEqual([200, 429]);
  });
});

describe("a plan's throttle", () => {
  const slow = { rateLimit: 1, burstLimit: 2 };

  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
  it("is each key's own, by bucket and rate", async () => {
    const { calls, clock, addKey } = servePlan({ throttleSettings: slow });
    const other = addKey();
    expect(await calls(3)).toEqual([200, 200, 429]);
    expect(await calls(3, other.value)).toEqual([200, 200, 429]);
    clock.now += 1000;
    expect(await calls(2)).toEqual([200, 429]);
  });

  it("responds as the stage's throttling does, and does not use the quota", async () => {
    const { calls, clock, post, key } = servePlan({
      throttleSettings: slow,
      quotaSettings: { limit: 3, period: "DAY" },
    });
    await calls(2);
    expect(await outcome(await post("", { "x-api-key": key.value }))).toEqual({
      status: 429,
      errorType: "TooManyRequestsException",
      body: '{"message":"Too Many Requests"}',
    });
    clock.now += 2000;
    expect((await outcome(await post("", { "x-api-key": key.value }))).status).toBe(200);
    expect((await outcome(await post("", { "x-api-key": key.value }))).errorType).toBe(
      "LimitExceededException",
    );
  });

  it("of a method comes on top of the plan's, and of no other method", async () => {
    const throttled = servePlan();
    const { apis, planId, restApiId, calls } = throttled;
    const put = (path: string) => {
      const throttles = [{ path, rateLimit: 1, burstLimit: 1 }];
      apis.putUsagePlan({
        id: planId,
        throttleSettings: { rateLimit: 1, burstLimit: 3 },
        apiStages: [{ apiId: restApiId, stage: "local", throttles }],
      });
    };
    put("/orders/{id}/GET");
    expect(await calls(4)).toEqual([200, 200, 200, 429]);
    put("/orders/{id}/POST");
    throttled.clock.now += 10_000;
    expect(await calls(2)).toEqual([200, 429]);
  });

  // The client's limits first.
  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
  it("goes before the stage's, which is not used up by what it stops", async () => {
    const { apis, restApiId, calls, addKey } = servePlan({
      throttleSettings: { rateLimit: 1, burstLimit: 1 },
    });
    apis.putMethodSettings({
      restApiId,
      stageName: "local",
      methodPath: "*/*",
      settings: { throttlingRateLimit: 1, throttlingBurstLimit: 2 },
    });
    const [second, third] = [addKey(), addKey()];
    expect(await calls(3)).toEqual([200, 429, 429]);
    expect(await calls(1, second.value)).toEqual([200]);
    expect(await calls(1, third.value)).toEqual([429]);
  });
});

describe("keys and plans that API Gateway rejects", () => {
  it("a value that is too short, too long or taken", () => {
    const { apis, key } = servePlan();
    for (const value of ["a".repeat(19), "a".repeat(129), key.value, `${"a".repeat(20)} `]) {
      expect(() => apis.putApiKey({ value })).toThrow(/value/);
    }
  });

  it("never repeat the value", () => {
    const { apis, key } = servePlan();
    const put = () => apis.putApiKey({ value: key.value });
    expect(put).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(key.value) }),
    );
  });

  // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.snapshot.json (test_usage_plan_crud)
  it("a plan of a stage that is not there", () => {
    const { apis, restApiId } = servePlan();
    const put = () => apis.putUsagePlan({ apiStages: [{ apiId: restApiId, stage: "gone" }] });
    expect(put).toThrow("gone");
  });

  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
  it("a second plan of the same stage for a key, whichever way it comes about", () => {
    const { apis, apiStages, key } = servePlan();
    const second = apis.putUsagePlan({ apiStages });
    const add = (usagePlanId: string) =>
      apis.putUsagePlanKey({ usagePlanId, keyId: key.id, keyType: "API_KEY" });
    expect(() => add(second.id)).toThrow("same stage");
    const empty = apis.putUsagePlan({});
    add(empty.id);
    expect(() => apis.putUsagePlan({ id: empty.id, apiStages })).toThrow("same stage");
  });

  it("a plan, a key or a type of key that is not there", () => {
    const { apis, key, planId } = servePlan();
    const add = (over: object) => () =>
      apis.putUsagePlanKey({ usagePlanId: planId, keyId: key.id, keyType: "API_KEY", ...over });
    expect(add({ usagePlanId: "gone" })).toThrow("usage plan");
    expect(add({ keyId: "gone" })).toThrow("API key");
    expect(add({ keyType: "OTHER" })).toThrow("OTHER");
  });

  it("by name: an offset, whose meaning AWS documents in two ways, and */*", () => {
    const { apis, restApiId } = servePlan();
    const quotaSettings = { limit: 5, period: "WEEK", offset: 1 } as const;
    expect(() => apis.putUsagePlan({ quotaSettings })).toThrow("offset");
    const throttles = [{ path: "*/*", rateLimit: 1 }];
    const apiStages = [{ apiId: restApiId, stage: "local", throttles }];
    expect(() => apis.putUsagePlan({ apiStages })).toThrow("*/*");
  });
});
