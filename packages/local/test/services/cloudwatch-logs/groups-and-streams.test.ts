/** Log groups and log streams: how they are described. */
import { beforeEach, describe, expect, test } from "vitest";
import { arn, group, groupNames, setUpLogs } from "./log-calls.ts";

const { ask, clock, cloud, filter, streamNames, write } = setUpLogs();

// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
describe("DescribeLogGroups", () => {
  test("describes groups in ASCII order, with their retention", async () => {
    cloud().logs.createGroup("b");
    cloud().logs.createGroup("B", { retentionInDays: 7 });
    clock.now = 2000;
    cloud().logs.createGroup("a");
    cloud().logs.write({ group: "a", stream: "s", timestamp: 1, message: "Zoë" });
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
    for (const name of ["/a/x", "/a/y", "/b/x"]) cloud().logs.createGroup(name);
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
    cloud().logs.deleteGroup(group);
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
    clock.now = 1500;
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
