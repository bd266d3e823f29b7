/** Messages that cannot be delivered: dead letters, dropped ones, and those that are tried again. */
import { expect, test } from "vitest";
import { AwsError } from "../../../../src/aws-protocol/errors.ts";
import { LambdaError } from "../../../../src/services/lambda/functions/errors.ts";
import {
  DEAD,
  FUNCTION,
  GONE,
  OTHER,
  redriveTo,
  setUpDelivery,
  TOPIC,
} from "./delivery-harness.ts";

const { allowed, failWith, failures, invocations, letters, logs, publish, sent, ...others } =
  setUpDelivery();
const { subscribe, topics } = others;

test("without permission nothing is invoked; the message is dropped with a line, without its text", () => {
  allowed.clear();
  subscribe();
  const messageId = publish("Ada Lovelace");
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

test("without permission, a message goes to the redrive policy's queue as a notification", () => {
  allowed.clear();
  const subscriptionArn = subscribe({ RedrivePolicy: redriveTo(DEAD) });
  const id = publish("Ada");
  expect(sent.map(({ queueArn }) => queueArn)).toEqual([DEAD]);
  expect(JSON.parse(sent[0]?.message.body ?? "")).toMatchObject({
    Type: "Notification",
    MessageId: id,
    Message: "Ada",
    SigningCertURL: expect.any(String),
    UnsubscribeURL: expect.stringContaining(subscriptionArn),
  });
  expect(failures()).toMatchObject([{ message: expect.stringContaining("was sent to") }]);
  const reason =
    "not delivered: the function does not exist, or the topic has no permission to invoke it";
  expect(letters).toEqual([{ queueArn: DEAD, sourceArn: TOPIC, reason }]);
});

// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
test("a message that the function's queue rejects as a client error is not retried", () => {
  failWith(new LambdaError("ResourceNotFoundException", "Function not found"), 1);
  subscribe();
  publish("Ada");
  expect(invocations).toEqual([]);
  expect(failures()).toMatchObject([{ message: expect.stringContaining("Function not found") }]);
});

// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sns/test_sns.py (test_redrive_policy_sqs_queue_subscription)
test.each([
  ["true", "Ada"],
  ["false", expect.stringContaining(`"Message":"Ada"`)],
])(
  "a message for a queue that is gone is a dead letter too, raw: %s",
  (RawMessageDelivery, body) => {
    const attributes = { RawMessageDelivery, RedrivePolicy: redriveTo(DEAD) };
    subscribe(attributes, { protocol: "sqs", endpoint: GONE });
    publish("Ada");
    expect(sent).toMatchObject([{ queueArn: DEAD, message: { body } }]);
    expect(failures()).toMatchObject([{ queueArn: GONE }]);
  },
);

test("a redrive queue that rejects the message is named in the log", () => {
  allowed.clear();
  subscribe({ RedrivePolicy: redriveTo(GONE) });
  publish("Ada");
  const message = expect.stringMatching(/:gone rejected it: There is no such queue\.$/);
  expect(letters).toEqual([]);
  expect(failures()).toMatchObject([{ message }]);
});

test("a subscription takes another redrive policy, and one that is not valid changes nothing", () => {
  allowed.clear();
  const arn = subscribe({ RedrivePolicy: redriveTo(OTHER) });
  topics().setSubscriptionAttributes(arn, { RedrivePolicy: redriveTo(DEAD) });
  for (const RedrivePolicy of ["{", "{}", `{"deadLetterTargetArn":"arn","maxReceiveCount":3}`]) {
    expect(() => topics().setSubscriptionAttributes(arn, { RedrivePolicy })).toThrow(
      "RedrivePolicy: it is not of the form",
    );
    expect(() => subscribe({ RedrivePolicy }, { endpoint: `${FUNCTION}2` })).toThrow("RedrivePo");
  }
  publish("Ada");
  expect(sent.map(({ queueArn }) => queueArn)).toEqual([DEAD]);
  expect(topics().subscriptions()).toHaveLength(1);
});

// AWS's own schedule of retries is longer and ends after 23 days.
// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
test("a message that the function's queue is too full for is delivered later", async () => {
  failWith(new AwsError("TooManyRequestsException", "Rate Exceeded.", 429), 2);
  subscribe({ RedrivePolicy: redriveTo(DEAD) });
  publish("Ada");
  await expect.poll(() => invocations).toHaveLength(1);
  expect(sent).toEqual([]);
});

test("an error of the local cloud itself interrupts delivery, but does not end it or lose a message", async () => {
  failWith(new Error("a bug"), 2);
  subscribe();
  publish("Ada");
  publish("Grace");
  await expect.poll(() => invocations).toHaveLength(2);
  expect(invocations).toMatchObject(
    ["Ada", "Grace"].map((Message) => ({ event: { Records: [{ Sns: { Message } }] } })),
  );
  const interrupted = { message: "Delivery is interrupted: Error: a bug" };
  expect(failures()).toMatchObject([interrupted, interrupted]);
});

test("a message that waits for another attempt is delivered by the policies of that time", async () => {
  allowed.clear();
  failWith(new Error("a bug"), 1);
  const arn = subscribe({ RedrivePolicy: redriveTo(OTHER) });
  publish("Ada");
  topics().setSubscriptionAttributes(arn, { RedrivePolicy: redriveTo(DEAD) });
  await expect.poll(() => sent).toMatchObject([{ queueArn: DEAD }]);
});

test("what waits is dropped once its subscription ends", async () => {
  const attempted = new Promise<void>((resolve) => {
    logs().subscribe(() => resolve());
  });
  failWith(new Error("a bug"), 1);
  const arn = subscribe();
  publish("Ada");
  await attempted;
  topics().unsubscribe(arn);
  subscribe();
  publish("Grace");
  expect(invocations).toMatchObject([{ event: { Records: [{ Sns: { Message: "Grace" } }] } }]);
});

test("a message is refused while too many wait for a subscriber, and published by none", () => {
  subscribe();
  subscribe({}, { protocol: "sqs", endpoint: OTHER });
  failWith(new AwsError("TooManyRequestsException", "Rate Exceeded.", 429), Infinity);
  const large = "x".repeat(256 * 1024);
  for (let waiting = 0; waiting < 31; waiting += 1) publish(large);
  expect(() => publish(large)).toThrow(expect.objectContaining({ code: "Throttled", status: 429 }));
  expect([invocations, sent]).toEqual([[], []]);
});
