/** Events of log groups: which are found, in which order, page by page. */
import { beforeEach, describe, expect, test } from "vitest";
import { arn, group, messages, setUpLogs } from "./log-calls.ts";

const { ask, clock, filter, get, write } = setUpLogs();

// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
describe("FilterLogEvents", () => {
  test("gives the events of all streams in the order of their timestamps", async () => {
    write("late", 30);
    write("early", 10, "two");
    write("between", 20);
    const { status, output } = await filter();
    expect(status).toBe(200);
    expect(output).toMatchObject({
      events: [
        { message: "early", timestamp: 10, ingestionTime: 1000, logStreamName: "two" },
        { message: "between" },
        { message: "late" },
      ],
      searchedLogStreams: [],
    });
    expect(output.nextToken).toBeUndefined();
  });

  test("keeps the order of writing within a millisecond, and gives every event an id of its own", async () => {
    for (const message of ["a", "b", "c"]) write(message, 5);
    const answer = await filter();
    expect(messages(answer)).toEqual(["a", "b", "c"]);
    const ids = answer.output.events.map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => /^\d{56}$/.test(id ?? ""))).toBe(true);
  });

  test("takes both ends of a time range", async () => {
    for (const timestamp of [1, 2, 3, 4]) write(String(timestamp), timestamp);
    expect(messages(await filter({ startTime: 2, endTime: 3 }))).toEqual(["2", "3"]);
  });

  test("pages with a token, and events that arrive meanwhile repeat none", async () => {
    for (const timestamp of [10, 20, 30]) write(String(timestamp), timestamp);
    const first = await filter({ limit: 2 });
    expect(messages(first)).toEqual(["10", "20"]);
    write("15", 15);
    write("25", 25);
    const second = await filter({ limit: 2, nextToken: first.output.nextToken });
    expect(messages(second)).toEqual(["25", "30"]);
    expect(second.output.nextToken).toBeUndefined();
  });

  test("returns at most 1 MB at once, or one larger event", async () => {
    for (const timestamp of [1, 2]) write("x".repeat(600 * 1024), timestamp);
    const first = await filter();
    expect(first.output.events).toHaveLength(1);
    const rest = await filter({ nextToken: first.output.nextToken });
    expect(rest.output.events.map(({ timestamp }) => timestamp)).toEqual([2]);
    write("x".repeat(1025 * 1024), 0);
    expect((await filter()).output.events.map(({ timestamp }) => timestamp)).toEqual([0]);
  });

  test("finds by stream, by the beginning of a stream's name, and by pattern", async () => {
    write("one");
    write("two", clock.now, "two");
    write("three", clock.now, "three");
    expect(messages(await filter({ logStreamNames: ["two", "one"] }))).toEqual(["one", "two"]);
    expect(messages(await filter({ logStreamNamePrefix: "t" }))).toEqual(["two", "three"]);
    expect(messages(await filter({ filterPattern: "?one ?three" }))).toEqual(["one", "three"]);
  });

  test("takes the group by its ARN, as DescribeLogGroups gives it, too", async () => {
    write("here");
    for (const logGroupIdentifier of [arn, `${arn}:*`, group]) {
      expect(messages(await ask("FilterLogEvents", { logGroupIdentifier }))).toEqual(["here"]);
    }
  });
});

// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
describe("GetLogEvents", () => {
  beforeEach(() => {
    for (const timestamp of [1, 2, 3, 4, 5]) write(String(timestamp), timestamp);
    write("elsewhere", 3, "two");
  });

  test("gives the newest events of one stream, or the oldest when asked, oldest first", async () => {
    expect(messages(await get())).toEqual(["1", "2", "3", "4", "5"]);
    expect(messages(await get({ limit: 2 }))).toEqual(["4", "5"]);
    expect(messages(await get({ limit: 2, startFromHead: true }))).toEqual(["1", "2"]);
  });

  test("leaves the end of a time range out", async () => {
    expect(messages(await get({ startTime: 2, endTime: 4 }))).toEqual(["2", "3"]);
  });

  test("goes forward by a token to what is new, and gives the token back at the end", async () => {
    const first = await get({ limit: 3, startFromHead: true });
    const second = await get({ nextToken: first.output.nextForwardToken, startFromHead: true });
    expect(messages(second)).toEqual(["4", "5"]);
    const end = second.output.nextForwardToken;
    const third = await get({ nextToken: end, startFromHead: true });
    expect(messages(third)).toEqual([]);
    expect(third.output.nextForwardToken).toBe(end);
    write("6", 6);
    expect(messages(await get({ nextToken: end, startFromHead: true }))).toEqual(["6"]);
  });

  test("goes backward by a token to the start, and from there forward again", async () => {
    const newest = await get({ limit: 2 });
    const older = await get({ limit: 2, nextToken: newest.output.nextBackwardToken });
    expect(messages(older)).toEqual(["2", "3"]);
    const oldest = await get({ limit: 2, nextToken: older.output.nextBackwardToken });
    expect(messages(oldest)).toEqual(["1"]);
    const before = await get({ nextToken: oldest.output.nextBackwardToken });
    expect(messages(before)).toEqual([]);
    expect(before.output.nextBackwardToken).toBe(oldest.output.nextBackwardToken);
    const again = await get({ limit: 1, nextToken: before.output.nextForwardToken });
    expect(messages(again)).toEqual(["1"]);
  });

  test("a token that was given for nothing leads to what comes later", async () => {
    const none = await get({ startTime: 100 });
    expect(messages(none)).toEqual([]);
    write("new", 150);
    const { nextForwardToken } = none.output;
    const next = await get({ startTime: 100, nextToken: nextForwardToken, startFromHead: true });
    expect(messages(next)).toEqual(["new"]);
  });
});
