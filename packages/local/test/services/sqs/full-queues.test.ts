/** Queues whose messages take all the memory for them. */
import { expect, test } from "vitest";
import { setUpQueues } from "./queues-harness.ts";

const { advance, bodies, nextReceipt, queues, receive, send } = setUpQueues();

const throttled = expect.objectContaining({ code: "RequestThrottled", status: 429 });
/** With a queue's settings, 127 of these are all that it keeps. */
const large = "x".repeat(256 * 1024);

function fill(arn: string): void {
  for (let sent = 0; sent < 127; sent += 1) send(arn, large);
}

test("a queue takes no message for which there is no room, until one is deleted", async () => {
  const { arn } = queues().create("full");
  fill(arn);
  expect(() => send(arn, large)).toThrow(throttled);
  send(arn, "small");
  queues()
    .get(arn)
    .deleteMessage(await nextReceipt(arn));
  send(arn, large);
  expect(() => send(arn, large)).toThrow(throttled);
  queues().get(arn).purge();
  send(arn, large);
});

test("a dead letter waits in its queue while there is no room for it", async () => {
  const dead = queues().create("dead");
  const redrive = { deadLetterTargetArn: dead.arn, maxReceiveCount: 1 };
  const { arn } = queues().create("work", { RedrivePolicy: JSON.stringify(redrive) });
  fill(dead.arn);
  send(arn, large);
  await receive(arn);
  advance(30);
  expect(await receive(arn)).toMatchObject([{ body: large, receiveCount: 2 }]);
  queues().get(dead.arn).purge();
  advance(30);
  expect(await bodies(arn)).toEqual([]);
  expect(await bodies(dead.arn)).toEqual([large]);
});
