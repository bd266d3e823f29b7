/** Where records of failed invocations go. */
import { expect, test } from "vitest";
import { createDestinations } from "../../../packages/local/src/delivery/index.ts";

const sent: string[] = [];
const deliver = createDestinations({
  queues: { send: async (arn, body) => void sent.push(`queue ${arn} ${body}`) },
  topics: { publish: async (arn, body) => void sent.push(`topic ${arn} ${body}`) },
});

test.each([
  ["queue", "arn:aws:sqs:us-east-1:000000000000:dead-letters"],
  ["topic", "arn:aws:sns:us-east-1:000000000000:failures"],
])("a %s gets the record", async (kind, arn) => {
  await deliver(arn, "{}");
  expect(sent.at(-1)).toBe(`${kind} ${arn} {}`);
});

test.each([
  "arn:aws:lambda:us-east-1:000000000000:function:other",
  "arn:aws:events:us-east-1:000000000000:event-bus/default",
  "arn:aws:s3:::bucket",
  "arn:aws:sqs:us-east-1:000000000000:ordered.fifo",
  "dead-letters",
])("%s gets nothing: the caller is told", async (arn) => {
  const before = sent.length;
  await expect(deliver(arn, "{}")).rejects.toThrow(`cannot deliver to ${arn}`);
  expect(sent).toHaveLength(before);
});
