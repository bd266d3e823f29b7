/** Delivery from topics to functions and queues that record. */
import { expect, test } from "vitest";
import { FUNCTION, OTHER, publishedAt, setUpDelivery, TOPIC } from "./delivery-harness.ts";

const { allowed, invocations, publish, sent, subscribe, topics } = setUpDelivery();

// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sns/test_sns.snapshot.json (TestSNSSubscriptionLambda)
// Source: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
test("a message reaches the function as the event that AWS sends", () => {
  const subscriptionArn = subscribe();
  const id = publish("Ada");
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
              Timestamp: publishedAt,
              SignatureVersion: "1",
              Signature: expect.any(String),
              SigningCertUrl: expect.stringMatching(
                /^https:\/\/sns\.us-east-1\.amazonaws\.com\/.*\.pem$/,
              ),
              UnsubscribeUrl: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
              MessageAttributes: {},
            },
          },
        ],
      },
    },
  ]);
});

// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
test("subject and attributes reach the function, numbers and arrays as strings", () => {
  subscribe();
  const attributes = {
    text: { DataType: "String", StringValue: "c-1" },
    labelled: { DataType: "String.label", StringValue: "c-1" },
    number: { DataType: "Number", StringValue: "1.50" },
    list: { DataType: "String.Array", StringValue: `["a"]` },
    bytes: { DataType: "Binary", BinaryValue: "AP8=" },
  };
  publish("Ada", { subject: "greet", attributes });
  const MessageAttributes = {
    text: { Type: "String", Value: "c-1" },
    labelled: { Type: "String.label", Value: "c-1" },
    number: { Type: "String", Value: "1.50" },
    list: { Type: "String", Value: `["a"]` },
    bytes: { Type: "Binary", Value: "AP8=" },
  };
  expect(invocations).toMatchObject([
    { event: { Records: [{ Sns: { Subject: "greet", MessageAttributes } }] } },
  ]);
});

test("every message is delivered, in the order in which it was published", () => {
  subscribe();
  const names = Array.from({ length: 50 }, (_, n) => `name ${String(n)}`);
  for (const name of names) publish(name);
  expect(invocations).toMatchObject(
    names.map((Message) => ({ event: { Records: [{ Sns: { Message } }] } })),
  );
});

test("two functions and a queue that are subscribed to a topic all get its messages", () => {
  const other = `${FUNCTION}2`;
  allowed.add(`${other} sns.amazonaws.com ${TOPIC}`);
  subscribe();
  subscribe({}, { endpoint: other });
  subscribe({ RawMessageDelivery: "true" }, { protocol: "sqs", endpoint: OTHER });
  const attributes = { kind: { DataType: "String", StringValue: "a" } };
  publish("Ada", { attributes });
  expect(invocations.map(({ functionArn }) => functionArn)).toEqual([FUNCTION, other]);
  expect(sent).toMatchObject([{ queueArn: OTHER, message: { body: "Ada", attributes } }]);
});

test("a filter policy keeps other messages away, and can be taken away", () => {
  const arn = subscribe({ FilterPolicy: `{"kind":["a"]}`, FilterPolicyScope: "MessageBody" });
  publish(`{"kind":"b"}`);
  expect(invocations).toEqual([]);
  topics().setSubscriptionAttributes(arn, { FilterPolicy: "" });
  publish(`{"kind":"b"}`);
  expect(invocations).toHaveLength(1);
});

test("what is unsubscribed, stopped or deleted gets nothing more", () => {
  const arn = subscribe();
  topics().unsubscribe(arn);
  publish("Ada");
  expect(() => topics().unsubscribe(arn)).not.toThrow();
  const deleted = subscribe();
  topics().delete(TOPIC);
  expect(() => topics().unsubscribe(deleted)).not.toThrow();
  topics().create("names");
  publish("Ada");
  subscribe();
  topics().stop();
  publish("Ada");
  expect(invocations).toEqual([]);
});

test("a subscription to a missing topic fails", () => {
  const topicArn = `${TOPIC}2`;
  expect(() => subscribe({}, { topicArn })).toThrow("Topic does not exist");
  expect(topics().subscriptions()).toEqual([]);
});
