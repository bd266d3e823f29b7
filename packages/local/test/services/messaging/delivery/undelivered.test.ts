/** Messages that cannot be delivered: dead letters, dropped ones, and those that are tried again. */
import { expect, test } from "vitest";
import { LambdaError } from "../../../../src/services/lambda/functions/errors.ts";
import { TOPIC } from "./fake-messaging.ts";
import { FUNCTION, redriveTo, setUpDelivery } from "./delivery-harness.ts";

const { allowed, failures, invocations, lambda, logs, messaging, subscribe } = setUpDelivery();

test("without permission nothing is invoked; the message is dropped with a line, without its text", async () => {
  allowed.clear();
  const { subscriptionArn } = await subscribe();

  const messageId = messaging().publish(TOPIC, "Ada Lovelace");
  await messaging().drained(subscriptionArn);

  expect(invocations).toEqual([]);
  expect(failures()).toEqual([
    {
      timestamp: expect.any(String),
      level: "ERROR",
      message:
        "A message is dropped: the function does not exist, or the topic has no permission to invoke it, and there is no redrive policy.",
      topicArn: TOPIC,
      functionArn: FUNCTION,
      messageId,
    },
  ]);
  expect(JSON.stringify(failures())).not.toContain("Lovelace");
});

test("without permission, a message goes to the redrive policy's queue as it came", async () => {
  allowed.clear();
  const queue = messaging().addQueue("dead");
  const { subscriptionArn } = await subscribe({ redrivePolicy: redriveTo(queue) });

  const id = messaging().publish(TOPIC, "Ada");
  await messaging().drained(subscriptionArn);

  const dead = messaging()
    .held(queue.arn)
    .map((body): unknown => JSON.parse(body));
  expect(dead).toEqual([
    expect.objectContaining({
      Type: "Notification",
      MessageId: id,
      Message: "Ada",
      SigningCertURL: expect.any(String),
    }),
  ]);
  expect(failures()).toMatchObject([{ message: expect.stringContaining("was sent to") }]);
});

// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
test("a message that the function's queue rejects as a client error is not retried", async () => {
  lambda.onInvoke = () => {
    throw new LambdaError("ResourceNotFoundException", "Function not found");
  };
  const { subscriptionArn } = await subscribe();

  messaging().publish(TOPIC, "Ada");
  await messaging().drained(subscriptionArn);

  expect(failures()).toMatchObject([{ message: expect.stringContaining("Function not found") }]);
});

test("a redrive queue that rejects the message is named in the log", async () => {
  allowed.clear();
  const redrivePolicy = `{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:gone"}`;
  const { subscriptionArn } = await subscribe({ redrivePolicy });
  messaging().failNextSend(new Error("QueueDoesNotExist"));

  messaging().publish(TOPIC, "Ada");
  await messaging().drained(subscriptionArn);

  expect(failures()).toMatchObject([
    { message: expect.stringMatching(/:gone rejected it: Error: QueueDoesNotExist$/) },
  ]);
});

test("a text that is no notification is dropped with a line, and delivery goes on", async () => {
  const { subscriptionArn } = await subscribe();

  messaging().inject(subscriptionArn, "not JSON");
  messaging().inject(subscriptionArn, `{"Type":"Notification"}`);
  messaging().publish(TOPIC, "Ada");
  await messaging().drained(subscriptionArn);

  expect(failures()).toHaveLength(2);
  expect(invocations).toHaveLength(1);
});

test("an error of messaging interrupts delivery, but does not end it", async () => {
  messaging().failNextReceive(new Error("out of order"));
  const { subscriptionArn } = await subscribe();

  messaging().publish(TOPIC, "Ada");
  await messaging().drained(subscriptionArn);

  expect(invocations).toHaveLength(1);
  expect(failures()).toMatchObject([{ message: "Delivery is interrupted: Error: out of order" }]);
});

// AWS's own schedule of retries is longer and ends after 23 days.
// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
test("a message in hand when the function's queue itself fails is not acknowledged", async () => {
  await subscribe();
  const [queueArn = ""] = messaging().queueArns();
  const failed = new Promise<void>((resolve) => {
    logs().subscribe(() => resolve());
  });
  lambda.onInvoke = () => {
    throw new Error("a bug");
  };

  messaging().publish(TOPIC, "Ada");
  await failed;

  expect(messaging().held(queueArn)).toHaveLength(1);
});
