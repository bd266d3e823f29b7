/** The services of a local cloud, connected. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { AsyncOutcome } from "../src/services/lambda/invocations/async-invocations.ts";
import { settingsOf, zipOf } from "./services/lambda/lambda-harness.ts";
import { createTestCloud, type TestCloud } from "./support/test-cloud.ts";

let cloud: TestCloud;
beforeEach(() => {
  cloud = createTestCloud({ runtimeClient: "/nowhere/none.js", retryDelaysMs: [61_000] });
});
afterEach(() => cloud.stop());

it("retries failed events after the delays that it was given", async () => {
  const { lambda, folder } = cloud;
  const settings = settingsOf(await zipOf(folder, { "bundle.mjs": "" }));
  await lambda.putFunction(settings);
  lambda.putEventInvokeConfig(settings.name, { maximumEventAgeSeconds: 60 });
  const { promise, resolve } = Promise.withResolvers<AsyncOutcome>();
  lambda.invokeAsync(settings.arn, "{}", { onOutcome: resolve });
  // The first retry would come after the event's age has ended.
  expect(await promise).toMatchObject({ invokeCount: 1, result: { ok: false } });
});
