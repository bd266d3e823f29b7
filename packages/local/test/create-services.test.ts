/** The services of a local cloud, connected. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { AsyncOutcome } from "../src/services/lambda/async-invocations.ts";
import { createServices, type LocalServices } from "../src/create-services.ts";
import { settingsOf, zipOf } from "./services/lambda/lambda-harness.ts";

let folder: string;
let services: LocalServices | undefined;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "services-"));
});
afterEach(async () => {
  await services?.stop();
  fs.rmSync(folder, { recursive: true });
});

function created(retryDelaysMs: readonly number[]): LocalServices {
  return createServices({
    region: "us-east-1",
    awsUrl: () => "http://127.0.0.1:1",
    runtimeApiPath: "/runtime",
    runtimeClient: path.join(folder, "none.js"),
    stateFolder: path.join(folder, "state"),
    eventsHost: () => undefined,
    timeLimits: true,
    retryDelaysMs,
    inspect: false,
    onError: (error) => {
      throw error;
    },
  });
}

it("retries failed events after the delays that it was given", async () => {
  services = created([61_000]);
  const { lambda } = services;
  const settings = settingsOf(await zipOf(folder, { "bundle.mjs": "" }));
  await lambda.putFunction(settings);
  lambda.putEventInvokeConfig(settings.name, { maximumEventAgeSeconds: 60 });
  const { promise, resolve } = Promise.withResolvers<AsyncOutcome>();
  lambda.invokeAsync(settings.arn, "{}", { onOutcome: resolve });
  // The first retry would come after the event's age has ended.
  expect(await promise).toMatchObject({ invokeCount: 1, result: { ok: false } });
});
