/** Attacks where there is nothing to attack, and what a firewall that only counts makes of them. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deploy } from "../services/api-gateway/gateway-harness.ts";
import { startTestCloud, type StartedCloud } from "../support/test-cloud.ts";
import { attacksOn, startAttackedCloud } from "./attacked-cloud.ts";

let cloud: StartedCloud;
afterEach(() => cloud.stop());

async function runAll() {
  const attacks = await attacksOn(cloud);
  const results = await attacks.runAll();
  await attacks.stop();
  return new Map(results.map((result) => [result.id, result]));
}

describe("with nothing deployed", () => {
  beforeEach(async () => {
    cloud = await startTestCloud();
  });

  it("no attack is applicable, and each says why", async () => {
    for (const { outcome, reason } of (await runAll()).values()) {
      expect(outcome).toBe("not-applicable");
      expect(reason).toMatch(/is deployed/);
    }
  });
});

describe("with an open route", () => {
  beforeEach(async () => {
    cloud = await startTestCloud();
    deploy(cloud, [{ path: "/open" }]);
  });

  it("attacks with tokens and paths, and on the firewall, are not applicable", async () => {
    const results = await runAll();
    expect(results.get("no-token")).toMatchObject({
      outcome: "not-applicable",
      reason: "GET /open: it has no authorizer: anybody may call it",
    });
    expect(results.get("upper-case")?.outcome).toBe("not-applicable");
    expect(results.get("log4shell")?.reason).toContain("no firewall with the rule");
    expect(results.get("unknown-key")?.reason).toContain("there is no example of a request");
    expect(results.get("flood")?.reason).toBe("no route has a burst below 200");
  });
});

describe("with a firewall that only counts", () => {
  beforeEach(async () => {
    cloud = await startAttackedCloud("count");
  });

  it("the rule counts it, and a later layer refuses or serves it", async () => {
    const results = await runAll();
    expect(results.get("log4shell")).toMatchObject({
      outcome: "defended",
      attempts: [
        {
          expected: expect.stringContaining("counted by the firewall's rule Log4JRCE_HEADER"),
          layer: "authorizer",
          status: 401,
          facts: { counted: "Log4JRCE_HEADER" },
        },
      ],
    });
    expect(results.get("script-name")).toMatchObject({
      outcome: "defended",
      attempts: [{ layer: "function", status: 200 }],
    });
  });
});
