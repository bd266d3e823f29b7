/** The log lines of a stage: of which groups, of which request, and each once as they come. */
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { findLogGroups } from "../../scripts/logs/groups.ts";
import { followLines, readLines } from "../../scripts/logs/read.ts";
import { sinceSchema } from "../../scripts/logs/since.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { startTestCloud, type StartedCloud } from "../../packages/local/test/support/test-cloud.ts";
import { clientConfig } from "../../packages/local/test/support/client-config.ts";

const stage = { stage: "prod", local: false };
const names = namesOf("prod");
const consumer = { name: names.functionLog("InternalLambda"), kind: "function" } as const;
const access = { name: names.accessLog, kind: "access" } as const;

let cloud: StartedCloud;
let client: CloudWatchLogsClient;
beforeAll(async () => {
  cloud = await startTestCloud();
  client = new CloudWatchLogsClient(clientConfig(cloud.url));
});
afterAll(async () => {
  client?.destroy();
  await cloud?.stop();
});
beforeEach(() => {
  for (const { name } of cloud.logs.groups()) cloud.logs.deleteGroup(name);
});

const write = (group: string, message: string, timestamp = 1) =>
  cloud.logs.write({ group, stream: "s", timestamp, message });

it("are those of the stage's groups, and of no stage whose name begins alike", async () => {
  for (const group of [
    names.functionLog("InternalLambda"),
    namesOf("prod-eu").functionLog("InternalLambda"),
    names.firewallLog,
    namesOf("prod-eu").firewallLog,
    access.name,
    namesOf("prod-eu").accessLog,
    `sns/us-east-1/000000000000/${names.resource("GreetingTopic")}/Failure`,
    names.signInLog,
    namesOf("prod-eu").signInLog,
    names.executionLog("a1b2"),
    names.executionLog("other"),
  ]) {
    cloud.logs.createGroup(group);
  }
  const found = await findLogGroups(client, stage, "a1b2");
  expect(new Set(found.map(({ kind, name, lambda }) => `${kind} ${lambda ?? name}`))).toEqual(
    new Set([
      `access ${access.name}`,
      `delivery sns/us-east-1/000000000000/${names.resource("GreetingTopic")}/Failure`,
      `execution ${names.executionLog("a1b2")}`,
      `firewall ${names.firewallLog}`,
      `sign-in ${names.signInLog}`,
      "function InternalLambda",
    ]),
  );
});

it("say what to do where the stage is not deployed", async () => {
  await expect(findLogGroups(client, stage, undefined)).rejects.toMatchObject({
    name: "CommandError",
    message: expect.stringContaining("npm run deploy -- --stage prod"),
  });
});

const id = "c78f5cfe-5d50-4c3e-aaf9-68a73f4b8f96";

it.each([id, "c78f5cfe"])(
  "of request %s are those that have its id, in the order of times",
  async (requestId) => {
    write(consumer.name, JSON.stringify({ correlationId: id, message: "second" }), 2);
    write(access.name, JSON.stringify({ requestId: id, message: "first" }));
    write(access.name, JSON.stringify({ requestId: id.replace("c78f", "0000") }));
    write(access.name, `c78f5cfe is no id, nor is ${"1".repeat(12)}`);
    const lines = await readLines(client, { groups: [consumer, access], since: 0, requestId });
    expect(
      lines.map(({ message, group }) => [group.kind, message.match(/first|second/)?.[0]]),
    ).toEqual([
      ["access", "first"],
      ["function", "second"],
    ]);
  },
);

it("come once each, also one that is stored after another of a later time", async () => {
  cloud.logs.createGroup(access.name);
  write(consumer.name, "first", 10_000);
  const ended = new AbortController();
  const groups = [consumer, access];
  const lines = followLines(client, { groups, since: 0 }, ended.signal, 1);
  const next = async () => (await lines.next()).value?.message;
  expect(await next()).toBe("first");
  write(access.name, "late", 9_000);
  expect(await next()).toBe("late");
  write(consumer.name, "third", 11_000);
  expect(await next()).toBe("third");
  ended.abort();
  expect(await lines.next()).toEqual({ done: true, value: undefined });
});

it.each([
  ["10m", 600_000],
  ["2h", 7_200_000],
])("%s is so long ago", (text, milliseconds) => {
  const before = Date.now() - milliseconds;
  const since = sinceSchema.parse(text);
  expect(since).toBeGreaterThanOrEqual(before);
  expect(since).toBeLessThanOrEqual(Date.now() - milliseconds);
});

it.each(["10", "m", "yesterday", "2026-13-01", "9999-01-01"])(
  "%s is no time that has passed",
  (text) => {
    expect(sinceSchema.safeParse(text).success).toBe(false);
  },
);

it("a date is a time", () => {
  expect(sinceSchema.parse("2026-11-01T09:00:00Z")).toBe(Date.UTC(2026, 10, 1, 9));
});
