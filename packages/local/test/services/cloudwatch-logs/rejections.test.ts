/** Calls of CloudWatch Logs that are rejected. */
import { describe, expect, test } from "vitest";
import { arn, group, setUpLogs } from "./log-calls.ts";

const { ask, write } = setUpLogs();

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
