/** The picture shows how far a request came, and where it stopped. */
import { expect, it } from "vitest";
import { lightsOf } from "../../../src/console/page/watch/lights.ts";
import { addNames } from "../../../src/console/page/watch/part-names.ts";
import type { Step } from "../../../src/console/page/watch/request.ts";

const step = (layer: Step["layer"], name: string, outcome: Step["outcome"] = "passed"): Step => ({
  layer,
  name,
  outcome,
  facts: {},
  startMs: 0,
  durationMs: 1,
});

const served = [
  step("firewall", "Firewall-6d95608"),
  step("route", "POST /orders"),
  step("authorizer", "Pool1"),
  step("throttle", "*/*"),
  step("validation", "Order"),
  step("aws-call", "secretsmanager:GetSecretValue"),
  step("aws-call", "sns:Publish"),
  step("function", "shop-dev-Orders"),
  step("delivery", "OrderTopic"),
  step("function", "shop-dev-Mailer"),
];

it("a request that is served lights everything but the dead letters", () => {
  const lights = lightsOf(served);
  expect(lights.has("deadLetters")).toBe(false);
  expect(lights.size).toBe(12);
  expect(new Set(lights.values())).toEqual(new Set(["passed"]));
});

it("a request that is refused lights nothing behind the layer that refused it", () => {
  const lights = lightsOf([
    step("firewall", "f"),
    step("route", "r"),
    step("authorizer", "a", "refused"),
  ]);
  expect(Object.fromEntries(lights)).toEqual({
    caller: "passed",
    firewall: "passed",
    route: "passed",
    authorizer: "refused",
    pools: "refused",
  });
});

it("a consumer that fails and then leaves a dead letter shows that it failed, and its log", () => {
  const failed = step("function", "shop-dev-Mailer", "failed");
  const lights = lightsOf([...served.slice(0, -1), failed, failed, step("dead-letter", "Letters")]);
  expect(lights.get("function")).toBe("passed");
  expect(lights.get("consumer")).toBe("failed");
  expect(lights.get("logs")).toBe("passed");
  expect(lights.get("deadLetters")).toBe("passed");
});

it("without a step nothing is lit", () => {
  expect(lightsOf([]).size).toBe(0);
});

it("parts are called by the last word of what is deployed, and keep their names", () => {
  const names = addNames(addNames(new Map(), served), [step("firewall", "Firewall-6d95608")]);
  expect(Object.fromEntries(names)).toEqual({
    firewall: "Firewall",
    function: "Orders",
    consumer: "Mailer",
    topic: "OrderTopic",
  });
});
