/** Log groups in memory. */
import { describe, expect, test } from "vitest";
import {
  createLogGroups,
  type LogEvent,
} from "../../../src/services/cloudwatch-logs/log-groups.ts";
import { heldBytes } from "../../support/memory.ts";

const eventOf = (message: string, group = "/aws/lambda/A"): LogEvent => ({
  group,
  stream: "stream",
  timestamp: 1,
  message,
});

test("a group gives back its own events, oldest first", () => {
  const logs = createLogGroups();
  logs.write(eventOf("one"));
  logs.write(eventOf("elsewhere", "/aws/lambda/B"));
  logs.write(eventOf("two"));

  expect(logs.read("/aws/lambda/A").map(({ message }) => message)).toEqual(["one", "two"]);
  expect(logs.read("/aws/lambda/C")).toEqual([]);
});

test("a group gives back its events from a time on", () => {
  const logs = createLogGroups();
  for (const timestamp of [1, 2, 3]) logs.write({ ...eventOf(`at ${timestamp}`), timestamp });

  expect(logs.read("/aws/lambda/A", 2).map(({ message }) => message)).toEqual(["at 2", "at 3"]);
});

test("a message holds no character that moves a terminal, and stays the same JSON", () => {
  const logs = createLogGroups();
  const heard: string[] = [];
  logs.subscribe(({ message }) => heard.push(message));
  const value = { header: "\u001B[2J\u009B31m\u2028\u202E\uD800é", "\u0085": 1 };

  logs.write(eventOf(JSON.stringify(value)));
  logs.write(eventOf("2026\ttext\u009B2J\u001B[31m\nat line 2"));

  const [json = "", text] = logs.read("/aws/lambda/A").map(({ message }) => message);
  expect(json).toMatch(/^[ -~é]+$/);
  expect(JSON.parse(json)).toEqual(value);
  expect(text).toBe("2026\ttext\\u009b2J\\u001b[31m\nat line 2");
  expect(heard).toEqual([json, text]);
});

test("a group that is written to exists, without a retention", () => {
  const logs = createLogGroups();

  logs.write(eventOf("one"));

  expect(logs.groups()).toEqual([{ name: "/aws/lambda/A" }]);
});

test("creating a group again changes its retention and keeps its events", () => {
  const logs = createLogGroups();
  logs.createGroup("/aws/lambda/A", { retentionInDays: 7 });
  logs.write(eventOf("one"));

  logs.createGroup("/aws/lambda/A", { retentionInDays: 30 });

  expect(logs.groups()).toEqual([{ name: "/aws/lambda/A", retentionInDays: 30 }]);
  expect(logs.read("/aws/lambda/A")).toHaveLength(1);
});

test("a group says when it was created, however often it is put", () => {
  let time = 1000;
  const logs = createLogGroups(() => time);
  logs.createGroup("/aws/lambda/A");

  time = 2000;
  logs.createGroup("/aws/lambda/A", { retentionInDays: 7 });

  expect(logs.createdAt("/aws/lambda/A")).toBe(1000);
  expect(logs.createdAt("/aws/lambda/B")).toBeUndefined();
});

test("an event is kept with the time of its writing and a number of its own", () => {
  const logs = createLogGroups(() => 5000);

  logs.write(eventOf("one"));
  logs.write(eventOf("two", "/aws/lambda/B"));

  expect(logs.read("/aws/lambda/A")).toEqual([
    { ...eventOf("one"), ingestedAt: 5000, sequence: 1 },
  ]);
  expect(logs.read("/aws/lambda/B")).toMatchObject([{ sequence: 2 }]);
});

test("a deleted group is gone with its events", () => {
  const logs = createLogGroups();
  logs.write(eventOf("one"));

  logs.deleteGroup("/aws/lambda/A");
  logs.deleteGroup("/aws/lambda/A");

  expect(logs.groups()).toEqual([]);
  expect(logs.read("/aws/lambda/A")).toEqual([]);
  expect(logs.createdAt("/aws/lambda/A")).toBeUndefined();
});

test("listeners hear every later event until they end their subscription", () => {
  const logs = createLogGroups();
  const heard: string[] = [];
  const listener = ({ message }: LogEvent): void => void heard.push(message);
  logs.write(eventOf("before"));
  const endFirst = logs.subscribe(listener);
  const endSecond = logs.subscribe(listener);

  logs.write(eventOf("twice"));
  endFirst();
  logs.write(eventOf("once"));
  endSecond();
  logs.write(eventOf("never"));

  expect(heard).toEqual(["twice", "twice", "once"]);
});

test("a group keeps its last 10,000 events", () => {
  const logs = createLogGroups();

  for (let n = 1; n <= 25_000; n += 1) logs.write(eventOf(String(n)));

  const kept = logs.read("/aws/lambda/A");
  expect(kept).toHaveLength(10_000);
  expect(kept[0]?.message).toBe("15001");
  expect(kept.at(-1)?.message).toBe("25000");
});

test("a group forgets events early when they are large", () => {
  const logs = createLogGroups();
  const large = "x".repeat(1024 * 1024);

  for (let n = 0; n < 20; n += 1) logs.write(eventOf(`${large}${String(n)}`));

  const kept = logs.read("/aws/lambda/A");
  expect(kept).toHaveLength(15);
  expect(kept.at(-1)?.message.endsWith("x19")).toBe(true);
});

test("an event is kept as it is, whatever its characters", () => {
  const logs = createLogGroups();
  const messages = ["", "Zoë", "日", "\u{1F600}"];

  for (const message of messages) logs.write(eventOf(message));

  expect(logs.read("/aws/lambda/A").map(({ message }) => message)).toEqual(messages);
});

/** What a group holds after so many events of this kind: with all of the large ones it would be over the limit. */
async function bytesHeld(count: number, messageOf: (n: number) => string): Promise<number> {
  const logs = createLogGroups();
  const before = await heldBytes();
  for (let n = 0; n < count; n += 1) logs.write(eventOf(messageOf(n)));
  const bytes = (await heldBytes()) - before;
  expect(logs.read("/aws/lambda/A").length).toBeGreaterThan(200);
  return bytes;
}

function cutLine(n: number): string {
  return `${"x".repeat(60_000)}\na line of its own ${n}\n`.split("\n")[1] ?? "";
}

describe("a group holds 16 MiB, measured", () => {
  const most = 18 * 1024 * 1024;

  test("of large events, whether they are listed or dropped", async () => {
    expect(await bytesHeld(1_000, (n) => `${n} ${"x".repeat(57_000)}`)).toBeLessThan(most);
  });

  test("of characters that take two bytes", async () => {
    expect(await bytesHeld(1_000, (n) => `${n} ${"日".repeat(20_000)}`)).toBeLessThan(most);
  });

  test("of small lines that were cut from large chunks", async () => {
    expect(await bytesHeld(1_000, cutLine)).toBeLessThan(most);
  });

  test("of empty events", async () => {
    expect(await bytesHeld(9_900, () => "")).toBeLessThan(most);
  });
});
