/** Every attack on this app, by the console's API: the report has no attack that got through. */
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { namesOf } from "../../stacks/settings/names.ts";
import { openConsoleApi, type ConsoleApi } from "../support/console-api.ts";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";

const reportSchema = z.object({
  failed: z.int(),
  notApplicable: z.int(),
  attacks: z.array(
    z.object({
      id: z.string(),
      outcome: z.string(),
      reason: z.string().optional(),
      attempts: z.array(z.looseObject({ layer: z.string() })),
    }),
  ),
});

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

it("has an attack for each control, and each is defended", async () => {
  const report = reportSchema.parse(await call("POST", "/attacks"));
  const { attacks, failed, notApplicable } = report;
  expect(attacks.filter(({ outcome }) => outcome !== "defended")).toEqual([]);
  expect([failed, notApplicable]).toEqual([0, 0]);

  const layers = Object.fromEntries(
    attacks.map(({ id, attempts }) => [id, [...new Set(attempts.map(({ layer }) => layer))]]),
  );
  expect(layers).toMatchObject({
    "no-token": ["authorizer"],
    "oversized-body": ["gateway"],
    "unknown-key": ["validation"],
    // The firewall of this stage only counts.
    log4shell: ["authorizer"],
    "script-name": ["function"],
    "upper-case": ["route"],
    "unwanted-publisher": ["aws-call"],
    flood: ["throttle"],
  });
  await discardDeadLetters();
}, 60_000);
