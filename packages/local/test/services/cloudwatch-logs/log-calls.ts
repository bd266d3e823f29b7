/** CloudWatch Logs of a local cloud, as its callers and its writers use it. */
import { afterEach, beforeEach } from "vitest";
import * as z from "zod";
import { callJson } from "../../support/raw-calls.ts";
import { createTestCloud, type TestCloud } from "../../support/test-cloud.ts";

export const group = "/aws/lambda/A";
export const arn = `arn:aws:logs:us-east-1:000000000000:log-group:${group}`;

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

export const messages = ({ output }: { output: z.infer<typeof outputs> }) =>
  output.events.map(({ message }) => message);
export const groupNames = ({ output }: { output: z.infer<typeof outputs> }) =>
  output.logGroups.map(({ logGroupName }) => logGroupName);

/** A cloud for each test, at a time that the test can set; calls of CloudWatch Logs, and lines for it. */
export function setUpLogs() {
  const clock = { now: 0 };
  let cloud: TestCloud;
  beforeEach(() => {
    clock.now = 1000;
    cloud = createTestCloud({ now: () => clock.now });
  });
  afterEach(() => cloud.stop());

  async function ask(operation: string, input: object, caller?: string) {
    const answer = await callJson(
      cloud.endpoint,
      "logs",
      `Logs_20140328.${operation}`,
      input,
      caller,
    );
    return { ...answer, output: outputs.parse(JSON.parse(answer.body)) };
  }
  const filter = (input: object = {}) => ask("FilterLogEvents", { logGroupName: group, ...input });
  const get = (input: object = {}) =>
    ask("GetLogEvents", { logGroupName: group, logStreamName: "one", ...input });
  const write = (message: string, timestamp = clock.now, stream = "one") =>
    cloud.logs.write({ group, stream, timestamp, message });

  const streamNames = async (input: object) => {
    const { output } = await ask("DescribeLogStreams", { logGroupName: group, ...input });
    return output.logStreams.map(({ logStreamName }) => logStreamName);
  };

  return { clock, cloud: () => cloud, ask, filter, get, streamNames, write };
}
