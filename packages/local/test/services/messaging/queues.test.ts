import { afterEach, beforeEach, expect, test } from "vitest";
import { createMessaging, type Messaging } from "../../../src/services/messaging/messaging.ts";
import { environment } from "../../support/test-cloud.ts";
import { present } from "../../support/present.ts";

let messaging: Messaging;
beforeEach(() => {
  messaging = createMessaging({ ...environment, endpoint: () => "http://127.0.0.1:4566" });
});
afterEach(() => messaging.stop());

const forever = () => new AbortController().signal;

test("a queue has the ARN and the URL that its name gives it", async () => {
  expect(await messaging.queues.create("work")).toEqual({
    arn: "arn:aws:sqs:us-east-1:000000000000:work",
    url: "http://127.0.0.1:4566/000000000000/work",
  });
});

test("one message is received at a time, and a deleted one is gone", async () => {
  const { queues } = messaging;
  const { arn } = await queues.create("work");
  for (const body of ["one", "two"]) await queues.send(arn, body, { kind: "test" });
  const first = present(await queues.receive(arn, forever()));
  const second = present(await queues.receive(arn, forever()));
  expect([first.body, second.body]).toEqual(["one", "two"]);
  expect(first.receiveCount).toBe(1);
  await queues.deleteMessage(arn, first.receiptHandle);
  await queues.changeVisibility(arn, second.receiptHandle, 0);
  expect(await queues.receive(arn, forever())).toMatchObject({ body: "two", receiveCount: 2 });
});

test("a receiver that waits gets a message as soon as it is sent", async () => {
  const { queues } = messaging;
  const { arn } = await queues.create("work");
  const waiting = queues.receive(arn, forever());
  await queues.send(arn, "late");
  expect(await waiting).toMatchObject({ body: "late" });
});

test("an abandoned wait ends at once and loses no message", async () => {
  const { queues } = messaging;
  const { arn } = await queues.create("work");
  const abandoning = new AbortController();
  const waiting = queues.receive(arn, abandoning.signal);
  abandoning.abort();
  expect(await waiting).toBeUndefined();
  await queues.send(arn, "kept");
  expect(await queues.receive(arn, forever())).toMatchObject({ body: "kept" });
});

test("an aborted signal receives nothing, even from a full queue", async () => {
  const { queues } = messaging;
  const { arn } = await queues.create("work");
  await queues.send(arn, "kept");
  expect(await queues.receive(arn, AbortSignal.abort())).toBeUndefined();
  expect(await queues.receive(arn, forever())).toMatchObject({ body: "kept", receiveCount: 1 });
});

test("stopping ends every wait", async () => {
  const { queues } = messaging;
  const { arn } = await queues.create("work");
  const waits = [queues.receive(arn, forever()), queues.receive(arn, forever())];
  await messaging.stop();
  expect(await Promise.all(waits)).toEqual([undefined, undefined]);
});

test("a receiver of a queue that is deleted is told so", async () => {
  const { queues } = messaging;
  const { arn } = await queues.create("work");
  const told = queues.receive(arn, forever()).catch((error: unknown) => error);
  await queues.delete(arn);
  expect(await told).toMatchObject({ code: "QueueDoesNotExist" });
  await expect(queues.send(arn, "x")).rejects.toMatchObject({ code: "QueueDoesNotExist" });
});

test("a redrive policy moves a message that was received too often", async () => {
  const { queues } = messaging;
  const dead = await queues.create("dead");
  const { arn } = await queues.create("work");
  await queues.setAttributes(arn, {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 }),
  });
  await queues.send(arn, "poison");
  const { receiptHandle } = present(await queues.receive(arn, forever()));
  await queues.changeVisibility(arn, receiptHandle, 0);
  const giveUp = new AbortController();
  const waiting = queues.receive(arn, giveUp.signal);
  expect(await queues.receive(dead.arn, forever())).toMatchObject({ body: "poison" });
  giveUp.abort();
  expect(await waiting).toBeUndefined();
});
