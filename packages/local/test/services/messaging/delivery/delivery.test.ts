/** Delivery from topics to functions, over messaging in memory and a function that records. */
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  createDelivery,
  type Delivery,
} from "../../../../src/services/messaging/delivery/delivery.ts";
import { LambdaError } from "../../../../src/services/lambda/functions/errors.ts";
import {
  createLogGroups,
  type LogGroups,
} from "../../../../src/services/cloudwatch-logs/log-groups.ts";
import { createFakeMessaging, TOPIC, type FakeMessaging } from "./fake-messaging.ts";

const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:Internal";
const FAILURES = "sns/us-east-1/000000000000/names/Failure";

let messaging: FakeMessaging;
let logs: LogGroups;
let delivery: Delivery;
let invocations: { readonly functionArn: string; readonly event: unknown }[];
/** The permissions that are granted. */
let allowed: Set<string>;
/** Called before an event is accepted; may throw. */
let onInvoke: () => void;

beforeEach(() => {
  messaging = createFakeMessaging();
  logs = createLogGroups();
  invocations = [];
  allowed = new Set([`${FUNCTION} sns.amazonaws.com ${TOPIC}`]);
  onInvoke = () => undefined;
  delivery = createDelivery({
    messaging,
    logs,
    retryDelayMs: 0,
    lambda: {
      isAllowed: (...question) => allowed.has(question.join(" ")),
      invokeAsync(functionArn, payload) {
        onInvoke();
        invocations.push({ functionArn, event: JSON.parse(payload) });
        return { requestId: "request" };
      },
    },
  });
});
afterEach(() => delivery.stop());

const subscribe = (more: object = {}): Promise<{ readonly subscriptionArn: string }> =>
  delivery.subscribe({ topicArn: TOPIC, functionArn: FUNCTION, ...more });
const redriveTo = ({ arn }: { readonly arn: string }): string =>
  JSON.stringify({ deadLetterTargetArn: arn });
const failures = (): unknown[] => logs.read(FAILURES).map(({ message }) => JSON.parse(message));

// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sns/test_sns.snapshot.json (TestSNSSubscriptionLambda)
// Source: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
test("a message reaches the function as the event that AWS sends", async () => {
  const { subscriptionArn } = await subscribe();

  const id = messaging.publish(TOPIC, "Ada");
  await messaging.drained(subscriptionArn);

  expect(invocations).toEqual([
    {
      functionArn: FUNCTION,
      event: {
        Records: [
          {
            EventSource: "aws:sns",
            EventVersion: "1.0",
            EventSubscriptionArn: subscriptionArn,
            Sns: {
              Type: "Notification",
              MessageId: id,
              TopicArn: TOPIC,
              Subject: null,
              Message: "Ada",
              Timestamp: "2026-11-22T09:05:07.043Z",
              SignatureVersion: "1",
              Signature: "signature",
              SigningCertUrl: "https://sns.us-east-1.amazonaws.com/cert.pem",
              UnsubscribeUrl: `https://sns.us-east-1.amazonaws.com/?SubscriptionArn=${subscriptionArn}`,
              MessageAttributes: {},
            },
          },
        ],
      },
    },
  ]);
});

test("subject and attributes of a message reach the function", async () => {
  const { subscriptionArn } = await subscribe();
  const MessageAttributes = { correlationId: { Type: "String", Value: "c-1" } };

  messaging.publish(TOPIC, "Ada", { Subject: "greet", MessageAttributes });
  await messaging.drained(subscriptionArn);

  expect(invocations).toMatchObject([
    { event: { Records: [{ Sns: { Subject: "greet", MessageAttributes } }] } },
  ]);
});

test("every message is delivered, in the order in which it was published", async () => {
  const { subscriptionArn } = await subscribe();
  const names = Array.from({ length: 50 }, (_, n) => `name ${String(n)}`);

  for (const name of names) messaging.publish(TOPIC, name);
  await messaging.drained(subscriptionArn);

  expect(invocations).toMatchObject(
    names.map((Message) => ({ event: { Records: [{ Sns: { Message } }] } })),
  );
});

test("a message is acknowledged only once the function's queue has accepted it", async () => {
  const { subscriptionArn } = await subscribe();
  const [queueArn = ""] = messaging.queueArns();
  let heldAtHandOver: readonly string[] = [];
  onInvoke = () => {
    heldAtHandOver = messaging.held(queueArn);
  };

  messaging.publish(TOPIC, "Ada");
  await messaging.drained(subscriptionArn);

  expect(heldAtHandOver).toHaveLength(1);
});

test("two functions subscribed to a topic both get its messages", async () => {
  const other = `${FUNCTION}2`;
  allowed.add(`${other} sns.amazonaws.com ${TOPIC}`);
  const subscribed = [await subscribe(), await subscribe({ functionArn: other })];

  messaging.publish(TOPIC, "Ada");
  await Promise.all(subscribed.map(({ subscriptionArn }) => messaging.drained(subscriptionArn)));

  expect(invocations.map(({ functionArn }) => functionArn).toSorted()).toEqual([FUNCTION, other]);
});

test("a filter policy and its scope are the topic's to apply", async () => {
  await subscribe({ filterPolicy: `{"kind":["a"]}`, filterPolicyScope: "MessageBody" });

  expect(messaging.subscriptions()).toMatchObject([
    { attributes: { FilterPolicy: `{"kind":["a"]}`, FilterPolicyScope: "MessageBody" } },
  ]);
});

test("without permission nothing is invoked; the message is dropped with a line, without its text", async () => {
  allowed.clear();
  const { subscriptionArn } = await subscribe();

  const messageId = messaging.publish(TOPIC, "Ada Lovelace");
  await messaging.drained(subscriptionArn);

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
  const queue = messaging.addQueue("dead");
  const { subscriptionArn } = await subscribe({ redrivePolicy: redriveTo(queue) });

  const id = messaging.publish(TOPIC, "Ada");
  await messaging.drained(subscriptionArn);

  const dead = messaging.held(queue.arn).map((body): unknown => JSON.parse(body));
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
  onInvoke = () => {
    throw new LambdaError("ResourceNotFoundException", "Function not found");
  };
  const { subscriptionArn } = await subscribe();

  messaging.publish(TOPIC, "Ada");
  await messaging.drained(subscriptionArn);

  expect(failures()).toMatchObject([{ message: expect.stringContaining("Function not found") }]);
});

test("a subscription takes other policies, and stays with what waits in its queue", async () => {
  allowed.clear();
  const before = messaging.addQueue("before");
  const after = messaging.addQueue("after");
  const { subscriptionArn } = await subscribe({ redrivePolicy: redriveTo(before) });

  const filter = {
    filterPolicy: `{"kind":["greeting"]}`,
    filterPolicyScope: "MessageBody",
  } as const;
  await delivery.update(subscriptionArn, { ...filter, redrivePolicy: redriveTo(after) });
  messaging.publish(TOPIC, "Ada");
  await messaging.drained(subscriptionArn);

  expect(messaging.held(before.arn)).toEqual([]);
  expect(messaging.held(after.arn)).toHaveLength(1);
  const attributes = { FilterPolicy: filter.filterPolicy, FilterPolicyScope: "MessageBody" };
  expect(messaging.subscriptions()).toMatchObject([{ attributes }]);

  await delivery.update(subscriptionArn, {});
  messaging.publish(TOPIC, "Grace");
  await messaging.drained(subscriptionArn);
  expect(messaging.held(after.arn)).toHaveLength(1);
  const cleared = { FilterPolicy: "", FilterPolicyScope: "MessageAttributes" };
  expect(messaging.subscriptions()).toMatchObject([{ attributes: cleared }]);
});

test("a redrive policy that is not valid changes nothing, nor does one for no subscription", async () => {
  const { subscriptionArn } = await subscribe({ filterPolicy: `{"kind":["greeting"]}` });

  await expect(delivery.update(subscriptionArn, { redrivePolicy: "{}" })).rejects.toThrow(
    "The redrive policy is not of the form",
  );
  await expect(delivery.update(`${subscriptionArn}2`, {})).rejects.toThrow("There is no");

  expect(messaging.subscriptions()).toMatchObject([
    { attributes: { FilterPolicy: `{"kind":["greeting"]}` } },
  ]);
});

test("a redrive queue that rejects the message is named in the log", async () => {
  allowed.clear();
  const redrivePolicy = `{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:gone"}`;
  const { subscriptionArn } = await subscribe({ redrivePolicy });
  messaging.failNextSend(new Error("QueueDoesNotExist"));

  messaging.publish(TOPIC, "Ada");
  await messaging.drained(subscriptionArn);

  expect(failures()).toMatchObject([
    { message: expect.stringMatching(/:gone rejected it: Error: QueueDoesNotExist$/) },
  ]);
});

test("a text that is no notification is dropped with a line, and delivery goes on", async () => {
  const { subscriptionArn } = await subscribe();

  messaging.inject(subscriptionArn, "not JSON");
  messaging.inject(subscriptionArn, `{"Type":"Notification"}`);
  messaging.publish(TOPIC, "Ada");
  await messaging.drained(subscriptionArn);

  expect(failures()).toHaveLength(2);
  expect(invocations).toHaveLength(1);
});

test("an error of messaging interrupts delivery, but does not end it", async () => {
  messaging.failNextReceive(new Error("out of order"));
  const { subscriptionArn } = await subscribe();

  messaging.publish(TOPIC, "Ada");
  await messaging.drained(subscriptionArn);

  expect(invocations).toHaveLength(1);
  expect(failures()).toMatchObject([{ message: "Delivery is interrupted: Error: out of order" }]);
});

// AWS's own schedule of retries is longer and ends after 23 days.
// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
test("a message in hand when the function's queue itself fails is not acknowledged", async () => {
  await subscribe();
  const [queueArn = ""] = messaging.queueArns();
  const failed = new Promise<void>((resolve) => {
    logs.subscribe(() => resolve());
  });
  onInvoke = () => {
    throw new Error("a bug");
  };

  messaging.publish(TOPIC, "Ada");
  await failed;

  expect(messaging.held(queueArn)).toHaveLength(1);
});

test("an ended subscription delivers nothing more and leaves no queue", async () => {
  const { subscriptionArn } = await subscribe();

  await delivery.unsubscribe(subscriptionArn);
  messaging.publish(TOPIC, "Ada");

  expect(invocations).toEqual([]);
  expect(messaging.queueArns()).toEqual([]);
  expect(messaging.subscriptions()).toEqual([]);
  await expect(delivery.unsubscribe(subscriptionArn)).resolves.toBeUndefined();
});

test("a subscription to a missing topic fails and leaves no queue", async () => {
  await expect(subscribe({ topicArn: `${TOPIC}2` })).rejects.toThrow("Topic does not exist");

  expect(messaging.queueArns()).toEqual([]);
});

test.for(["{", "{}", `{"deadLetterTargetArn":"arn","maxReceiveCount":3}`])(
  "the redrive policy %s is rejected, and leaves no queue",
  async (redrivePolicy) => {
    await expect(subscribe({ redrivePolicy })).rejects.toThrow(
      "The redrive policy is not of the form",
    );

    expect(messaging.queueArns()).toEqual([]);
  },
);

test("after stop nothing is delivered; messages wait in their queue", async () => {
  await subscribe();
  const [queueArn = ""] = messaging.queueArns();

  await delivery.stop();
  messaging.publish(TOPIC, "Ada");

  expect(messaging.held(queueArn)).toHaveLength(1);
  expect(invocations).toEqual([]);
});
