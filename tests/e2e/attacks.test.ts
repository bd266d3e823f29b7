/** Every attack on this app, by the console's API: the report has no attack that got through. */
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { namesOf } from "../../stacks/settings/names.ts";
import { settingsFor } from "../../stacks/settings/settings.ts";
import { readAttackReport } from "../support/attack-report.ts";
import { openConsoleApi, type ConsoleApi } from "../support/console-api.ts";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";

const messagesSchema = z.object({ messages: z.array(z.object({ id: z.string() })) });

let app: SharedApp;
let call: ConsoleApi;
beforeAll(async () => {
  app = await useSharedApp();
  call = await openConsoleApi(app.urls.aws);
});
afterAll(() => app?.close());

/** The poison message, which the next file does not expect. */
async function discardDeadLetters(): Promise<void> {
  const queue = `/queues/${namesOf(app.stage).resource("DeadLetters")}/messages`;
  const { messages } = messagesSchema.parse(await call("GET", queue));
  expect(messages).toHaveLength(1);
  for (const { id } of messages) await call("DELETE", `${queue}/${id}`);
}

/** The flood has emptied the bucket of a route: the next file's requests would be refused. */
async function untilBucketIsFull(): Promise<void> {
  const { burstLimit, rateLimit } = settingsFor(app.stage).throttle;
  await delay((burstLimit / rateLimit) * 1_000);
}

it("has an attack for each control, and each is defended", async () => {
  const { failed, undefended, layers } = readAttackReport(await call("POST", "/attacks"));
  expect(undefended).toEqual([]);
  expect(failed).toBe(0);
  expect(layers).toMatchObject({
    "no-token": ["authorizer"],
    "oversized-body": ["gateway"],
    "unknown-key": ["validation"],
    // The firewall of this stage only counts.
    log4shell: ["authorizer"],
    "script-name": ["function"],
    "upper-case": ["route"],
    "unwanted-publisher": ["aws-call"],
  });
  expect(["throttle"]).toEqual(expect.arrayContaining(layers["flood"] ?? ["none"]));
  await discardDeadLetters();
  await untilBucketIsFull();
});
