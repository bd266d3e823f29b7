/**
 * The stage's throttling, with a fake clock.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
import { describe, expect, it } from "vitest";
import { limitOf } from "../../../src/services/api-gateway/execute-api/token-buckets.ts";
import { createHarness, deploy, outcome } from "./gateway-harness.ts";

function serve(settings: Record<string, [rate: number, burst: number]>) {
  const harness = createHarness();
  const { id } = deploy(harness, [
    { path: "/" },
    { path: "/lambda1" },
    { path: "/lambda1", method: "PUT" },
    { path: "/lambda2" },
    { path: "/guarded", pools: ["us-east-1_Pool00000"] },
  ]);
  for (const [methodPath, [throttlingRateLimit, throttlingBurstLimit]] of Object.entries(
    settings,
  )) {
    harness.apis.putMethodSettings({
      restApiId: id,
      stageName: "local",
      methodPath,
      settings: { throttlingRateLimit, throttlingBurstLimit },
    });
  }
  const statuses = async (path: string, count: number, method = "GET") => {
    const responses = await Promise.all(
      Array.from({ length: count }, () => harness.send(path, { method })),
    );
    return responses.map(({ status }) => status).toSorted((a, b) => a - b);
  };
  return { ...harness, id, statuses };
}

describe("the throttle", () => {
  it("allows the burst at once and rejects the rest with 429", async () => {
    const { statuses, send, events } = serve({ "*/*": [50, 3] });
    expect(await statuses("/lambda1", 5)).toEqual([200, 200, 200, 429, 429]);
    expect(events).toHaveLength(3);
    expect(await outcome(await send("/lambda1"))).toEqual({
      status: 429,
      errorType: "TooManyRequestsException",
      body: '{"message":"Too Many Requests"}',
    });
  });

  it("gives back at the rate, never more than the burst", async () => {
    const { statuses, clock } = serve({ "*/*": [50, 3] });
    await statuses("/lambda1", 3);
    clock.now += 19;
    expect(await statuses("/lambda1", 1)).toEqual([429]);
    clock.now += 1;
    expect(await statuses("/lambda1", 2)).toEqual([200, 429]);
    clock.now += 3_600_000;
    expect(await statuses("/lambda1", 4)).toEqual([200, 200, 200, 429]);
  });

  it("gives nothing when the clock is set back", async () => {
    const { statuses, clock } = serve({ "*/*": [50, 1] });
    await statuses("/lambda1", 1);
    clock.now -= 3_600_000;
    expect(await statuses("/lambda1", 1)).toEqual([429]);
    clock.now += 20;
    expect(await statuses("/lambda1", 1)).toEqual([200]);
  });

  it("is each method's own, also where it is set for all", async () => {
    const { statuses } = serve({ "*/*": [1, 1] });
    expect(await statuses("/lambda1", 2)).toEqual([200, 429]);
    expect(await statuses("/lambda2", 2)).toEqual([200, 429]);
    expect(await statuses("/lambda1", 2, "PUT")).toEqual([200, 429]);
  });

  it.each(["lambda1/GET", "/lambda1/GET", "~1lambda1/GET"])(
    "set for %s goes before that for all methods",
    async (methodPath) => {
      const { statuses } = serve({ "*/*": [1, 1], [methodPath]: [1, 2] });
      expect(await statuses("/lambda1", 3)).toEqual([200, 200, 429]);
      expect(await statuses("/lambda1", 2, "PUT")).toEqual([200, 429]);
    },
  );

  it.each(["/GET", "~1/GET"])("can be set for the root by %s", async (methodPath) => {
    const { statuses } = serve({ [methodPath]: [1, 1] });
    expect(await statuses("/", 2)).toEqual([200, 429]);
    expect(await statuses("/lambda1", 2)).toEqual([200, 200]);
  });

  it("shuts a method off by zero, and does not limit it by -1", async () => {
    const { statuses } = serve({ "lambda1/GET": [0, 0], "lambda2/GET": [-1, -1], "*/*": [1, 1] });
    expect(await statuses("/lambda1", 1)).toEqual([429]);
    expect(await statuses("/lambda2", 9)).toEqual(Array.from({ length: 9 }, () => 200));
  });

  // The account's limits stand where a setting leaves one out (assumed); they are in force nowhere else.
  it("has the account's default rate and burst where a setting leaves them out", () => {
    expect(limitOf({ throttlingRateLimit: 50 })).toEqual({ rate: 50, burst: 5_000 });
    expect(limitOf({ throttlingBurstLimit: 3 })).toEqual({ rate: 10_000, burst: 3 });
  });

  // Assumed: AWS does not document whether throttling goes before the authorizer.
  it("is not used up by callers whom the authorizer rejects", async () => {
    const harness = serve({ "*/*": [1, 1] });
    const send = () => harness.send("/guarded", { headers: { authorization: "token" } });
    expect([(await send()).status, (await send()).status]).toEqual([401, 401]);
    harness.doubles.verifyToken = async () => ({ ok: true, claims: { token_use: "id" } });
    expect([(await send()).status, (await send()).status]).toEqual([200, 429]);
  });

  it("ends with the settings that made it", async () => {
    const { statuses, apis, id } = serve({ "*/*": [1, 1] });
    await statuses("/lambda1", 1);
    apis.deleteMethodSettings(id, "local", "*/*");
    expect(await statuses("/lambda1", 2)).not.toContain(429);
  });
});
