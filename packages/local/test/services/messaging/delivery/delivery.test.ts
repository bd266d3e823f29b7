/** Delivery from topics to functions, over messaging in memory and a function that records. */
import { expect, test } from "vitest";
import { TOPIC } from "./fake-messaging.ts";
import { FUNCTION, setUpDelivery } from "./delivery-harness.ts";

const { allowed, delivery, invocations, lambda, messaging, subscribe } = setUpDelivery();

// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sns/test_sns.snapshot.json (TestSNSSubscriptionLambda)
// Source: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
test("a message reaches the function as the event that AWS sends", async () => {
  const { subscriptionArn } = await subscribe();

  const id = messaging().publish(TOPIC, "Ada");
  await messaging().drained(subscriptionArn);

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

  messaging().publish(TOPIC, "Ada", { Subject: "greet", MessageAttributes });
  await messaging().drained(subscriptionArn);

  expect(invocations).toMatchObject([
    { event: { Records: [{ Sns: { Subject: "greet", MessageAttributes } }] } },
  ]);
});

test("every message is delivered, in the order in which it was published", async () => {
  const { subscriptionArn } = await subscribe();
  const names = Array.from({ length: 50 }, (_, n) => `name ${String(n)}`);

  for (const name of names) messaging().publish(TOPIC, name);
  await messaging().drained(subscriptionArn);

  expect(invocations).toMatchObject(
    names.map((Message) => ({ event: { Records: [{ Sns: { Message } }] } })),
  );
});

test("a message is acknowledged only once the function's queue has accepted it", async () => {
  const { subscriptionArn } = await subscribe();
  const [queueArn = ""] = messaging().queueArns();
  let heldAtDelivery: readonly string[] = [];
  lambda.onInvoke = () => {
    heldAtDelivery = messaging().held(queueArn);
  };

  messaging().publish(TOPIC, "Ada");
  await messaging().drained(subscriptionArn);

  expect(heldAtDelivery).toHaveLength(1);
});

test("two functions subscribed to a topic both get its messages", async () => {
  const other = `${FUNCTION}2`;
  allowed.add(`${other} sns.amazonaws.com ${TOPIC}`);
  const subscribed = [await subscribe(), await subscribe({ functionArn: other })];

  messaging().publish(TOPIC, "Ada");
  await Promise.all(subscribed.map(({ subscriptionArn }) => messaging().drained(subscriptionArn)));

  expect(invocations.map(({ functionArn }) => functionArn).toSorted()).toEqual([FUNCTION, other]);
});

test("a filter policy and its scope are the topic's to apply", async () => {
  await subscribe({ filterPolicy: `{"kind":["a"]}`, filterPolicyScope: "MessageBody" });

  expect(messaging().subscriptions()).toMatchObject([
    { attributes: { FilterPolicy: `{"kind":["a"]}`, FilterPolicyScope: "MessageBody" } },
  ]);
});

test("after stop nothing is delivered; messages wait in their queue", async () => {
  await subscribe();
  const [queueArn = ""] = messaging().queueArns();

  await delivery().stop();
  messaging().publish(TOPIC, "Ada");

  expect(messaging().held(queueArn)).toHaveLength(1);
  expect(invocations).toEqual([]);
});
