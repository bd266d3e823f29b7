/** Where records of failed invocations go. */
import { expect, test } from "vitest";
import * as z from "zod";
import {
  destinationRecord,
  failureRecord,
} from "../../../src/services/lambda/invocations/destination-record.ts";
import { createDestinations } from "../../../src/services/lambda/invocations/destinations.ts";
import { operator } from "../../support/test-cloud.ts";

const sent: string[] = [];
const sender = "arn:aws:lambda:us-east-1:000000000000:function:sender";
const record = { body: "{}", functionArn: sender, reason: "failed once" };
const deliver = createDestinations({
  authorize: () => operator,
  send: (arn, { body }) => sent.push(`queue ${arn} ${body}`),
  publish: (arn, { body }) => sent.push(`topic ${arn} ${body}`),
});

test.each([
  ["queue", "arn:aws:sqs:us-east-1:000000000000:dead-letters"],
  ["topic", "arn:aws:sns:us-east-1:000000000000:failures"],
])("a %s gets the record", async (kind, arn) => {
  await deliver(arn, record);
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
  await expect(deliver(arn, record)).rejects.toThrow(`cannot deliver to ${arn}`);
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
  const rejected = deliverIfAllowed(arn, record);
  await expect(rejected).rejects.toThrow(`${sender} may not send to ${arn}`);
  expect(sent).toHaveLength(before);
});

test.each([
  ["RetriesExhausted", 3, "TypeError", "failed 3 times (TypeError)"],
  ["RetriesExhausted", 1, "Sandbox.Timedout", "failed once (Sandbox.Timedout)"],
  ["EventAgeExceeded", 2, "TypeError", "failed 2 times (TypeError), and too old to try again"],
  ["EventAgeExceeded", 0, undefined, "never run, and too old to try again"],
  ["RetriesExhausted", 3, "No greeting for Ada", "failed 3 times"],
] as const)("the reason of %s after %i attempts (%s) is: %s", (condition, count, type, reason) => {
  const failure =
    type === undefined
      ? undefined
      : ({ ok: false, requestId: "id", kind: "function", errorType: type, payload: "{}" } as const);
  const event = {
    requestId: "id",
    functionArn: sender,
    payload: '{"name":"Ada"}',
    condition,
    invokeCount: count,
    failure,
  };
  expect(failureRecord(event, new Date(0))).toEqual({
    functionArn: sender,
    body: destinationRecord(event, new Date(0)),
    reason,
  });
});

// Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
test("a record has the event and the error, however deep they are", () => {
  const deep = `${"[".repeat(400_000)}${"]".repeat(400_000)}`;
  const event = {
    requestId: "id",
    functionArn: sender,
    payload: ` ${deep}\n`,
    acceptedAt: 0,
    condition: "RetriesExhausted",
    invokeCount: 3,
    failure: {
      ok: false,
      requestId: "id",
      kind: "function",
      errorType: "Error",
      payload: '{"errorMessage":"x"}',
    },
  } as const;
  const parsed = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(destinationRecord(event, new Date(0))));
  expect(Object.keys(parsed)).toEqual([
    "version",
    "timestamp",
    "requestContext",
    "requestPayload",
    "responseContext",
    "responsePayload",
  ]);
  expect(parsed["responsePayload"]).toEqual({ errorMessage: "x" });
  expect(JSON.parse(destinationRecord({ ...event, failure: undefined }, new Date(0)))).toEqual({
    version: "1.0",
    timestamp: "1970-01-01T00:00:00.000Z",
    requestContext: {
      requestId: "id",
      functionArn: `${sender}:$LATEST`,
      condition: "RetriesExhausted",
      approximateInvokeCount: 3,
    },
    requestPayload: expect.any(Array),
  });
});
