/** Subscriptions, by the operations that SDKs call. */
import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRoles } from "../../../src/services/iam/roles.ts";
import { createKms } from "../../../src/services/kms/kms.ts";
import { createTopics } from "../../../src/services/sns/topics.ts";
import { environment, startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { queueArn, topicWithQueue } from "./topic-with-queue.ts";

let aws: StartedCloud;
beforeAll(async () => {
  aws = await startTestCloud();
});
afterAll(() => aws.stop());

const sns = () => aws.clients.sns;
const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:Consumer";
const invalid = (message: string) => ({
  name: "InvalidParameterException",
  message: expect.stringContaining(message),
});

// Source: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
test("subscriptions have a protocol and an endpoint of their own", async () => {
  const { TopicArn, SubscriptionArn } = await topicWithQueue(aws, "both");
  const attributes = { FilterPolicy: `{"kind":["a"]}`, RedrivePolicy: "" };
  const ofFunction = { topicArn: TopicArn, protocol: "lambda", endpoint: functionArn } as const;
  const { arn } = aws.topics.subscribe({ ...ofFunction, attributes });
  const same = { TopicArn, Owner: environment.account };
  const expected = [
    { ...same, SubscriptionArn, Protocol: "sqs", Endpoint: queueArn("both") },
    { ...same, SubscriptionArn: arn, Protocol: "lambda", Endpoint: functionArn },
  ];
  const ofTopic = await sns().send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(ofTopic.Subscriptions).toEqual(expected);
  const all = await sns().send(new ListSubscriptionsCommand({}));
  expect(all.Subscriptions).toEqual(expect.arrayContaining(expected));

  const { Attributes } = await sns().send(
    new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }),
  );
  expect(Attributes).toMatchObject({
    Protocol: "lambda",
    Endpoint: functionArn,
    FilterPolicy: `{"kind":["a"]}`,
    FilterPolicyScope: "MessageAttributes",
    RawMessageDelivery: "false",
  });
  expect(Attributes).not.toHaveProperty("RedrivePolicy");
});

test("subscriptions that would never be delivered are rejected by name", async () => {
  const TopicArn = aws.topics.create("protocols").arn;
  for (const Protocol of ["lambda", "sms", "https"]) {
    const input = { TopicArn, Protocol, Endpoint: "any" };
    await expect(sns().send(new SubscribeCommand(input))).rejects.toThrow(
      `does not support sns:Subscribe with the protocol ${Protocol}`,
    );
  }
  const Endpoint = `${queueArn("ordered")}.fifo`;
  await expect(
    sns().send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint })),
  ).rejects.toMatchObject(invalid("SQS endpoint ARN"));
  const listed = await sns().send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(listed.Subscriptions).toEqual([]);
});

// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sns/test_sns.snapshot.json (test_subscribe_idempotency, test_subscribe_attributes)
test("subscriptions are made once for an endpoint, unless an attribute differs", async () => {
  const { TopicArn, SubscriptionArn } = await topicWithQueue(aws, "once");
  const again = (Attributes = {}) =>
    sns().send(
      new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: queueArn("once"), Attributes }),
    );
  await expect(again()).resolves.toMatchObject({ SubscriptionArn });
  await expect(again({ RawMessageDelivery: "true" })).rejects.toMatchObject(
    invalid("Subscription already exists with different attributes"),
  );
});

// Source: https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html
test.each([
  ["RawMessageDelivery", "yes"],
  ["FilterPolicyScope", "Body"],
  ["FilterPolicy", "{"],
  ["RedrivePolicy", "{}"],
  ["RedrivePolicy", `{"deadLetterTargetArn":"${queueArn("ordered")}.fifo"}`],
  ["RedrivePolicy", `{"deadLetterTargetArn":"${queueArn("dead")}"}`.padEnd(1001)],
  ["DeliveryPolicy", "{}"],
  ["Colour", "red"],
])("subscriptions reject %s %j, and stay as they were", async (AttributeName, AttributeValue) => {
  const { SubscriptionArn } = await topicWithQueue(aws, "strict-subscription");
  const read = async () =>
    (await sns().send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes;
  const before = await read();
  const input = { SubscriptionArn, AttributeName, AttributeValue };
  const set = sns().send(new SetSubscriptionAttributesCommand(input));
  await expect(set).rejects.toMatchObject(invalid(AttributeName));
  expect(await read()).toEqual(before);
});

const now = () => 0;
const createOutbox = () => ({ push() {}, close() {}, hasRoomFor: () => true });

test("1,000 topics and subscriptions are the most", () => {
  const { envelopes } = createKms({ ...environment, roles: createRoles(), now });
  const topics = createTopics({
    ...environment,
    now,
    envelopes,
    measure() {},
    sendMail() {},
    createOutbox,
  });
  for (let count = 0; count < 1000; count += 1) topics.create(String(count));
  expect(() => topics.create("more")).toThrow(
    expect.objectContaining({ code: "TopicLimitExceeded" }),
  );
  const { arn: topicArn } = topics.create("0");
  const subscribe = (name: string) =>
    topics.subscribe({ topicArn, protocol: "sqs", endpoint: queueArn(name) });
  for (let count = 0; count < 1000; count += 1) subscribe(String(count));
  expect(() => subscribe("more")).toThrow(
    expect.objectContaining({ code: "SubscriptionLimitExceeded" }),
  );
});
