/** Long polls: receives that wait for messages. */
import { expect, test } from "vitest";
import { createRoles } from "../../../src/services/iam/roles.ts";
import { createKms } from "../../../src/services/kms/kms.ts";
import { createQueues } from "../../../src/services/sqs/queues.ts";
import { environment, operator } from "../../support/test-cloud.ts";
import { setUpQueues } from "./queues-harness.ts";

const { nextReceipt, queues, receive, send } = setUpQueues();

const wait = 20;
const endpoint = () => "http://any";

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html
test("a long poll gets a message as soon as it is sent", async () => {
  const { arn } = queues().create("work");
  const waiting = [receive(arn, { wait }), receive(arn, { wait })];
  send(arn, "one");
  send(arn, "two");
  expect(await Promise.all(waiting)).toMatchObject([[{ body: "one" }], [{ body: "two" }]]);
});

test("a long poll gets a message as soon as it is visible again", async () => {
  const { arn } = queues().create("work");
  send(arn, "one");
  const receipt = await nextReceipt(arn);
  const waiting = receive(arn, { wait });
  queues().get(arn).changeVisibility(receipt, 0);
  expect(await waiting).toMatchObject([{ body: "one", receiveCount: 2 }]);
});

test("a long poll gets a message as soon as its time has come", async () => {
  const now = Date.now;
  const { envelopes } = createKms({ ...environment, roles: createRoles(), now });
  const machine = createQueues({ ...environment, endpoint, envelopes, measure() {}, now });
  const { arn } = machine.create("work");
  machine.send(arn, { body: "late", attributes: {}, delay: 1 }, operator);
  const received = await machine
    .get(arn)
    .receive({ reader: operator, most: 1, wait }, AbortSignal.timeout(60_000));
  expect(received).toMatchObject([{ body: "late" }]);
});

test("a long poll that is abandoned ends at once and loses no message", async () => {
  const { arn } = queues().create("work");
  const abandoning = new AbortController();
  const waiting = receive(arn, { wait }, abandoning.signal);
  abandoning.abort();
  expect(await waiting).toEqual([]);
  send(arn, "kept");
  expect(await receive(arn, {}, AbortSignal.abort())).toEqual([]);
  expect(await receive(arn)).toMatchObject([{ body: "kept", receiveCount: 1 }]);
});

test("a long poll of a queue that is deleted is told so", async () => {
  const { arn } = queues().create("work");
  const told = receive(arn, { wait });
  queues().delete(arn);
  await expect(told).rejects.toMatchObject({ code: "QueueDoesNotExist" });
  expect(() => send(arn, "x")).toThrow(expect.objectContaining({ code: "QueueDoesNotExist" }));
});
