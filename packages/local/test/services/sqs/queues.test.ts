/** Queues in process: what becomes of their messages. */
import { describe, expect, test } from "vitest";
import { present } from "../../support/present.ts";
import { setUpQueues } from "./queues-harness.ts";

const { advance, bodies, nextReceipt, queues, receive, send } = setUpQueues();

test("a queue has the ARN and the URL that its name gives it", () => {
  expect(queues().create("work")).toEqual({
    arn: "arn:aws:sqs:us-east-1:000000000000:work",
    url: "http://127.0.0.1:4566/000000000000/work",
  });
});

test("1,000 queues are the most", () => {
  for (let count = 0; count < 1000; count += 1) queues().create(String(count));
  expect(() => queues().create("more")).toThrow(expect.objectContaining({ code: "OverLimit" }));
  expect(queues().create("0")).toBeDefined();
});

test("as many messages are received as are asked for, the oldest first", async () => {
  const { arn } = queues().create("work");
  for (const body of ["one", "two", "three"]) send(arn, body);
  expect(await bodies(arn, { most: 2 })).toEqual(["one", "two"]);
  expect(await bodies(arn)).toEqual(["three"]);
  expect(await bodies(arn)).toEqual([]);
});

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
describe("a received message", () => {
  test("is received again after its visibility timeout, unless it was deleted", async () => {
    const { arn } = queues().create("work", { VisibilityTimeout: "7" });
    send(arn, "one");
    send(arn, "two");
    queues()
      .get(arn)
      .deleteMessage(await nextReceipt(arn));
    await nextReceipt(arn);
    advance(6.999);
    expect(await bodies(arn)).toEqual([]);
    advance(0.001);
    expect(await receive(arn)).toMatchObject([{ body: "two", receiveCount: 2 }]);
  });

  test("is received again after another time that the receiver, or a change, gives", async () => {
    const { arn } = queues().create("work");
    send(arn, "one");
    const [message] = await receive(arn, { visibilityTimeout: 100 });
    queues().get(arn).changeVisibility(present(message?.receiptHandle), 200);
    advance(199);
    expect(await bodies(arn)).toEqual([]);
    advance(1);
    queues()
      .get(arn)
      .changeVisibility(await nextReceipt(arn), 0);
    expect(await receive(arn)).toMatchObject([{ receiveCount: 3 }]);
  });

  test("lets those behind it be received as well, when it is visible at once", async () => {
    const { arn } = queues().create("work");
    for (const body of ["one", "two"]) send(arn, body);
    const at = () => bodies(arn, { most: 1, visibilityTimeout: 0 });
    expect([await at(), await at(), await at()]).toEqual([["one"], ["two"], ["one"]]);
  });

  // Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
  test("is deleted by its latest receipt, even if it is visible again, and not by an older one", async () => {
    const { arn } = queues().create("work", { VisibilityTimeout: "1" });
    send(arn, "one");
    const older = await nextReceipt(arn);
    advance(1);
    const latest = await nextReceipt(arn);
    advance(1);
    queues().get(arn).deleteMessage(older);
    expect(queues().get(arn).describe()).toMatchObject({ ApproximateNumberOfMessages: "1" });
    queues().get(arn).deleteMessage(latest);
    queues().get(arn).deleteMessage(latest);
    expect(await bodies(arn)).toEqual([]);
  });

  test("cannot be hidden longer once it is visible, or deleted", async () => {
    const { arn } = queues().create("work", { VisibilityTimeout: "1" });
    send(arn, "one");
    const receipt = await nextReceipt(arn);
    advance(1);
    const change = () => queues().get(arn).changeVisibility(receipt, 9);
    expect(change).toThrow(expect.objectContaining({ code: "MessageNotInflight" }));
    queues().get(arn).deleteMessage(receipt);
    expect(change).toThrow(expect.objectContaining({ code: "MessageNotInflight" }));
  });

  test.each(["", "garbage", "Z2FyYmFnZQ==", "a b c"])("has no receipt %j", (receipt) => {
    const { arn } = queues().create("work");
    const error = expect.objectContaining({ code: "ReceiptHandleIsInvalid" });
    expect(() => queues().get(arn).deleteMessage(receipt)).toThrow(error);
    expect(() => queues().get(arn).changeVisibility(receipt, 0)).toThrow(error);
  });

  test("has no receipt of another queue", async () => {
    const [one, other] = [queues().create("one"), queues().create("other")];
    send(one.arn, "x");
    const receipt = await nextReceipt(one.arn);
    expect(() => queues().get(other.arn).deleteMessage(receipt)).toThrow(
      expect.objectContaining({ code: "ReceiptHandleIsInvalid" }),
    );
  });
});

test("a message is delayed by its own time, or else by the queue's", async () => {
  const { arn } = queues().create("work", { DelaySeconds: "5" });
  send(arn, "queue's");
  send(arn, "own", { delay: 2 });
  send(arn, "none", { delay: 0 });
  expect(queues().get(arn).describe()).toMatchObject({
    ApproximateNumberOfMessages: "1",
    ApproximateNumberOfMessagesDelayed: "2",
  });
  expect(await bodies(arn)).toEqual(["none"]);
  advance(2);
  expect(await bodies(arn)).toEqual(["own"]);
  advance(3);
  expect(await bodies(arn)).toEqual(["queue's"]);
  expect(queues().get(arn).describe()).toMatchObject({
    ApproximateNumberOfMessagesNotVisible: "3",
    ApproximateNumberOfMessagesDelayed: "0",
  });
});

test("a message is gone after the retention period", async () => {
  const { arn } = queues().create("work", { MessageRetentionPeriod: "60" });
  send(arn, "old");
  advance(59);
  send(arn, "new");
  advance(1);
  expect(await bodies(arn)).toEqual(["new"]);
});
