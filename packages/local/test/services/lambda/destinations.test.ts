/** Where records of failed invocations go. */
import { expect, test } from "vitest";
import { createDestinations } from "../../../src/services/lambda/invocations/destinations.ts";

const sent: string[] = [];
const sender = "arn:aws:lambda:us-east-1:000000000000:function:sender";
const deliver = createDestinations({
  send: (arn, body) => sent.push(`queue ${arn} ${body}`),
  publish: (arn, body) => sent.push(`topic ${arn} ${body}`),
});

test.each([
  ["queue", "arn:aws:sqs:us-east-1:000000000000:dead-letters"],
  ["topic", "arn:aws:sns:us-east-1:000000000000:failures"],
])("a %s gets the record", async (kind, arn) => {
  await deliver(arn, "{}", sender);
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
  await expect(deliver(arn, "{}", sender)).rejects.toThrow(`cannot deliver to ${arn}`);
  expect(sent).toHaveLength(before);
});

test("a function that may not send to it sends nothing: the caller is told", async () => {
  const before = sent.length;
  const arn = "arn:aws:sqs:us-east-1:000000000000:dead-letters";
  const deliverIfAllowed = createDestinations({
    send: () => sent.push("queue"),
    publish: () => sent.push("topic"),
    authorize(functionArn, destination) {
      throw new Error(`${functionArn} may not send to ${destination}`);
    },
  });
  const rejected = deliverIfAllowed(arn, "{}", sender);
  await expect(rejected).rejects.toThrow(`${sender} may not send to ${arn}`);
  expect(sent).toHaveLength(before);
});
