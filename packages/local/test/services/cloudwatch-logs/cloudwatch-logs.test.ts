/** CloudWatch Logs at the AWS endpoint. */
import { beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { createAwsEndpoint, type AwsEndpoint } from "../../../src/aws-protocol/endpoint.ts";
import { createCloudWatchLogs } from "../../../src/services/cloudwatch-logs/api/cloudwatch-logs.ts";
import { createAuthorize } from "../../../src/services/iam/authorize.ts";
import { createRoles, type Roles } from "../../../src/services/iam/roles.ts";
import {
  createLogGroups,
  type LogGroups,
} from "../../../src/services/cloudwatch-logs/log-groups.ts";
import { callJson } from "../../support/raw-calls.ts";
import { environment } from "../../support/test-cloud.ts";

const group = "/aws/lambda/A";
const arn = `arn:aws:logs:us-east-1:000000000000:log-group:${group}`;
const roleArn = "arn:aws:iam::000000000000:role/reader";

let time: number;
let logs: LogGroups;
let roles: Roles;
let endpoint: AwsEndpoint;

beforeEach(() => {
  time = 1000;
  logs = createLogGroups(() => time);
  roles = createRoles();
  endpoint = createAwsEndpoint({
    region: environment.region,
    services: { logs: createCloudWatchLogs({ ...environment, logs }) },
    authorize: createAuthorize({
      account: environment.account,
      roles,
      roleOf: (caller) => (caller === "Function" ? roleArn : undefined),
    }),
    publicDocument: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
});

const event = z.looseObject({
  message: z.string(),
  timestamp: z.number(),
  eventId: z.string().optional(),
  logStreamName: z.string().optional(),
});
const outputs = z.looseObject({
  events: z.array(event).default([]),
  nextToken: z.string().optional(),
  nextForwardToken: z.string().default(""),
  nextBackwardToken: z.string().default(""),
  logGroups: z.array(z.looseObject({ logGroupName: z.string() })).default([]),
  logStreams: z.array(z.looseObject({ logStreamName: z.string() })).default([]),
});

async function ask(operation: string, input: object, caller?: string) {
  const answer = await callJson(endpoint, "logs", `Logs_20140328.${operation}`, input, caller);
  return { ...answer, output: outputs.parse(JSON.parse(answer.body)) };
}
const filter = (input: object = {}) => ask("FilterLogEvents", { logGroupName: group, ...input });
const get = (input: object = {}) =>
  ask("GetLogEvents", { logGroupName: group, logStreamName: "one", ...input });
const messages = ({ output }: { output: z.infer<typeof outputs> }) =>
  output.events.map(({ message }) => message);
const write = (message: string, timestamp = time, stream = "one") =>
  logs.write({ group, stream, timestamp, message });

const groupNames = ({ output }: { output: z.infer<typeof outputs> }) =>
  output.logGroups.map(({ logGroupName }) => logGroupName);
const streamNames = async (input: object) => {
  const { output } = await ask("DescribeLogStreams", { logGroupName: group, ...input });
  return output.logStreams.map(({ logStreamName }) => logStreamName);
};
const askAs = (operation: string, input: object) => ask(operation, input, "Function");
/** Gives the function's role one statement. */
const allow = (Action: string, Resource: string) => {
  const Statement = [{ Effect: "Allow", Action, Resource }];
  const inlinePolicies = [JSON.stringify({ Version: "2012-10-17", Statement })];
  roles.put({ name: "reader", arn: roleArn, inlinePolicies });
};

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
    write("two", time, "two");
    write("three", time, "three");
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

// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
describe("DescribeLogGroups", () => {
  test("describes groups in ASCII order, with their retention", async () => {
    logs.createGroup("b");
    logs.createGroup("B", { retentionInDays: 7 });
    time = 2000;
    logs.createGroup("a");
    logs.write({ group: "a", stream: "s", timestamp: 1, message: "Zoë" });
    const { output } = await ask("DescribeLogGroups", {});
    expect(output.logGroups).toEqual([
      expect.objectContaining({ logGroupName: "B", retentionInDays: 7, creationTime: 1000 }),
      {
        logGroupName: "a",
        creationTime: 2000,
        metricFilterCount: 0,
        arn: "arn:aws:logs:us-east-1:000000000000:log-group:a:*",
        logGroupArn: "arn:aws:logs:us-east-1:000000000000:log-group:a",
        storedBytes: 4,
      },
      expect.not.objectContaining({ retentionInDays: expect.anything() }),
    ]);
  });

  test("finds groups by the beginning or a part of their names, page by page", async () => {
    for (const name of ["/a/x", "/a/y", "/b/x"]) logs.createGroup(name);
    expect(groupNames(await ask("DescribeLogGroups", { logGroupNamePrefix: "/a" }))).toEqual([
      "/a/x",
      "/a/y",
    ]);
    expect(groupNames(await ask("DescribeLogGroups", { logGroupNamePattern: "x" }))).toEqual([
      "/a/x",
      "/b/x",
    ]);
    const first = await ask("DescribeLogGroups", { limit: 2 });
    const { nextToken } = first.output;
    expect(groupNames(await ask("DescribeLogGroups", { limit: 2, nextToken }))).toEqual(["/b/x"]);
  });

  test("a deleted group is gone", async () => {
    write("here");
    logs.deleteGroup(group);
    expect(groupNames(await ask("DescribeLogGroups", {}))).toEqual([]);
    const { status, body } = await filter();
    expect([status, JSON.parse(body)]).toEqual([
      400,
      {
        __type: "ResourceNotFoundException",
        message: "The specified log group does not exist.",
      },
    ]);
  });
});

// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html
describe("DescribeLogStreams", () => {
  beforeEach(() => {
    write("x", 10, "b");
    write("x", 5, "c1");
    write("x", 20, "a");
    time = 1500;
    write("x", 8, "c1");
  });

  test("describes streams by name, or by their last event", async () => {
    expect(await streamNames({})).toEqual(["a", "b", "c1"]);
    expect(await streamNames({ orderBy: "LastEventTime" })).toEqual(["c1", "b", "a"]);
    expect(await streamNames({ orderBy: "LastEventTime", descending: true, limit: 1 })).toEqual([
      "a",
    ]);
    expect(await streamNames({ logStreamNamePrefix: "c" })).toEqual(["c1"]);
  });

  test("says when a stream begins and ends", async () => {
    const { output } = await ask("DescribeLogStreams", { logGroupName: group });
    expect(output.logStreams.at(-1)).toEqual({
      logStreamName: "c1",
      creationTime: 1000,
      firstEventTimestamp: 5,
      lastEventTimestamp: 8,
      lastIngestionTime: 1500,
      arn: `${arn}:log-stream:c1`,
      storedBytes: 0,
    });
  });
});

describe("rejections", () => {
  test.each([
    ["GetLogEvents", { logGroupName: "none", logStreamName: "one" }, "log group does not exist"],
    ["GetLogEvents", { logGroupName: group, logStreamName: "none" }, "log stream does not exist"],
    ["FilterLogEvents", { logGroupName: group, logStreamNames: ["none"] }, "log stream does not"],
    ["DescribeLogStreams", { logGroupName: "none" }, "log group does not exist"],
  ])(
    "%s with %o, which is not there, is a ResourceNotFoundException",
    async (operation, input, named) => {
      write("here");
      const { status, body } = await ask(operation, input);
      expect(status).toBe(400);
      expect(JSON.parse(body)).toMatchObject({
        __type: "ResourceNotFoundException",
        message: expect.stringContaining(named),
      });
    },
  );

  test.each([
    ["FilterLogEvents", { unmask: true }, "does not support the parameter unmask"],
    ["FilterLogEvents", { logGroupIdentifier: arn }, "but not both"],
    ["FilterLogEvents", { nextToken: "made-up" }, "The specified nextToken is invalid."],
    ["FilterLogEvents", { limit: 10_001 }, "limit"],
    ["FilterLogEvents", { startTime: -1 }, "startTime"],
    ["FilterLogEvents", { filterPattern: "[a, b]" }, "space-delimited"],
    ["FilterLogEvents", { logStreamNames: ["a"], logStreamNamePrefix: "a" }, "logStreamNamePrefix"],
    ["GetLogEvents", { logStreamName: "one", nextToken: "f/1/s" }, "nextToken is invalid"],
    ["GetLogEvents", {}, "logStreamName"],
    ["DescribeLogStreams", { limit: 51 }, "limit"],
    [
      "DescribeLogStreams",
      { orderBy: "LastEventTime", logStreamNamePrefix: "a" },
      "Cannot order by LastEventTime with a logStreamNamePrefix.",
    ],
  ])("%s with %o is an InvalidParameterException", async (operation, input, named) => {
    write("here");
    const { status, body } = await ask(operation, { logGroupName: group, ...input });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({
      __type: "InvalidParameterException",
      message: expect.stringContaining(named),
    });
  });

  test("an operation that is not there is rejected by name", async () => {
    const { body } = await ask("PutRetentionPolicy", {});
    expect(body).toContain("The local cloud does not support logs:PutRetentionPolicy.");
  });
});

// Source: https://github.com/prowler-cloud/prowler/pull/37 (what IAM is asked about)
describe("a function", () => {
  test("is rejected what its role does not allow", async () => {
    write("here");
    allow("logs:PutLogEvents", `${arn}:*`);
    const { status, body } = await askAs("FilterLogEvents", { logGroupName: group });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({
      __type: "AccessDeniedException",
      message: expect.stringContaining(
        `is not authorized to perform: logs:FilterLogEvents on resource: ${arn}:log-stream: because`,
      ),
    });
  });

  test("reads the group that its role names, and no other", async () => {
    write("here");
    logs.createGroup("other");
    allow("logs:*LogEvents", `${arn}:*`);
    expect(messages(await askAs("FilterLogEvents", { logGroupIdentifier: arn }))).toEqual(["here"]);
    const one = { logGroupName: group, logStreamName: "one" };
    expect(messages(await askAs("GetLogEvents", one))).toEqual(["here"]);
    expect((await askAs("FilterLogEvents", { logGroupName: "other" })).status).toBe(400);
    expect((await askAs("DescribeLogGroups", {})).status).toBe(400);
  });
});
