/** The services of a local cloud, connected. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { AsyncOutcome } from "../src/services/lambda/invocations/async-invocations.ts";
import { block } from "./services/api-gateway/firewall.ts";
import { connectionOf, deploy } from "./services/api-gateway/gateway-harness.ts";
import { settingsOf, zipOf } from "./services/lambda/lambda-harness.ts";
import { createTestCloud, operator, type TestCloud } from "./support/test-cloud.ts";

let cloud: TestCloud;
let waits: number[];
beforeEach(() => {
  waits = [];
  const wait = (milliseconds: number) => Promise.resolve(void waits.push(milliseconds));
  cloud = createTestCloud({ runtimeClient: "/nowhere/none.js", wait });
});
afterEach(() => cloud.stop());

it("logs a request by its route, not by the path that was sent", async () => {
  const { apis, gateway, logs } = cloud;
  deploy({ apis }, [{ path: "/orders" }], { accessLogFormat: "$context.resourcePath" });
  const request = new Request("http://127.0.0.1:3000/ordres?secret", { method: "POST" });
  await gateway.fetch(request, connectionOf(request));
  expect(logs.read("arn:log-group")).toMatchObject([{ message: "-" }]);
  expect(JSON.stringify(logs.read("arn:log-group"))).not.toContain("ordres");
});

// Source: https://docs.aws.amazon.com/kms/latest/developerguide/monitoring-cloudwatch.html
it("publishes the metrics of each service but KMS, which has none of its keys", async () => {
  const { apis, cloudwatch, folder, gateway, kms, lambda, minutes, queues, topics, waf } = cloud;
  const { stage } = deploy({ apis }, [{ path: "/orders" }]);
  block({ waf }, stage.arn, "127.0.0.1/32");
  const request = new Request("http://127.0.0.1:3000/orders");
  await gateway.fetch(request, connectionOf(request));
  const settings = settingsOf(await zipOf(folder, { "bundle.mjs": "" }));
  await lambda.putFunction({ ...settings, reservedConcurrency: 0 });
  await lambda.invoke(settings.arn, "{}");
  topics.publish(topics.create("names").arn, { message: "Ada", attributes: {} }, operator);
  queues.create("work");
  const key = kms.keys.create({ description: "", policy: undefined, isEnabled: true });
  kms.keys.encrypt(key.id, Buffer.from("text"), {});
  minutes.pass();
  expect(new Set(cloudwatch.metrics.list().map(({ namespace }) => namespace))).toEqual(
    new Set(["AWS/ApiGateway", "AWS/Lambda", "AWS/SNS", "AWS/SQS", "AWS/WAFV2"]),
  );
});

it("retries failed events by its minutes", async () => {
  const { lambda, folder, minutes } = cloud;
  const settings = settingsOf(await zipOf(folder, { "bundle.mjs": "" }));
  await lambda.putFunction(settings);
  const { promise, resolve } = Promise.withResolvers<AsyncOutcome>();
  lambda.invokeAsync(settings.arn, "{}", { onOutcome: resolve });
  expect(await promise).toMatchObject({ invokeCount: 3, result: { ok: false } });
  expect(waits).toEqual([minutes.lengthMs, 2 * minutes.lengthMs]);
});
