/** Topics: their names, attributes and tags, and what is published to them, by the operations that SDKs call. */
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { present } from "../../support/present.ts";
import { callQuery } from "../../support/raw-calls.ts";
import { environment, startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { string } from "../sqs/attribute-values.ts";
import { topicWithQueue } from "./topic-with-queue.ts";

let aws: StartedCloud;
beforeAll(async () => {
  aws = await startTestCloud();
});
afterAll(() => aws.stop());

const sns = () => aws.clients.sns;
const create = async (Name: string, more: object = {}) =>
  present((await sns().send(new CreateTopicCommand({ Name, ...more }))).TopicArn);
const publish = (TopicArn: string, Message: string, more?: object) =>
  sns().send(new PublishCommand({ TopicArn, Message, ...more }));
const invalid = (message: string) => ({
  name: "InvalidParameterException",
  message: expect.stringContaining(message),
});

// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sns/test_sns.snapshot.json (test_publish_sqs_from_sns)
test("a published message reaches the subscribed queue with its attributes", async () => {
  const { TopicArn, next } = await topicWithQueue(aws, "greetings");
  const Message = "Ada 👩‍💻 & <b>";
  const MessageAttributes = { correlationId: string("id-1") };
  const { MessageId } = await publish(TopicArn, Message, { MessageAttributes });
  expect(JSON.parse((await next())?.Body ?? "")).toEqual({
    Type: "Notification",
    MessageId,
    TopicArn,
    Message,
    Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    SignatureVersion: "1",
    Signature: expect.any(String),
    SigningCertURL: expect.stringMatching(/^https:\/\/sns\.us-east-1\.amazonaws\.com\/.*\.pem$/),
    UnsubscribeURL: expect.stringContaining(TopicArn),
    MessageAttributes: { correlationId: { Type: "String", Value: "id-1" } },
  });
});

test("without attributes the envelope has none; raw, the message itself arrives", async () => {
  const { TopicArn, SubscriptionArn, next } = await topicWithQueue(aws, "forms");
  await publish(TopicArn, "wrapped");
  expect(JSON.parse((await next())?.Body ?? "")).not.toHaveProperty("MessageAttributes");
  const raw = { AttributeName: "RawMessageDelivery", AttributeValue: "true" };
  await sns().send(new SetSubscriptionAttributesCommand({ SubscriptionArn, ...raw }));
  await publish(TopicArn, "raw");
  expect(await next()).toMatchObject({ Body: "raw" });
});

test("an unsubscribed queue gets nothing more", async () => {
  const { TopicArn, SubscriptionArn, next } = await topicWithQueue(aws, "left");
  await sns().send(new UnsubscribeCommand({ SubscriptionArn }));
  await publish(TopicArn, "m");
  expect(await next()).toBeUndefined();
});

test("a deleted topic is NotFound to publishers, and its subscriptions are gone", async () => {
  const { TopicArn, SubscriptionArn } = await topicWithQueue(aws, "deleted");
  await sns().send(new DeleteTopicCommand({ TopicArn }));
  const notFound = { name: "NotFoundException", $metadata: { httpStatusCode: 404 } };
  await expect(publish(TopicArn, "m")).rejects.toMatchObject(notFound);
  const read = sns().send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
  await expect(read).rejects.toMatchObject(notFound);
  await expect(sns().send(new DeleteTopicCommand({ TopicArn }))).resolves.toBeDefined();
});

const set = (TopicArn: string, AttributeName: string, AttributeValue: string) =>
  sns().send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));

describe("attributes", () => {
  test("are those that were set last, and a topic is created again only with them", async () => {
    const Attributes = { DisplayName: "before" };
    const TopicArn = await create("attributes", { Attributes });
    await expect(create("attributes", { Attributes })).resolves.toBe(TopicArn);
    await set(TopicArn, "DisplayName", "after");
    const shown = await sns().send(new GetTopicAttributesCommand({ TopicArn }));
    expect(shown.Attributes).toMatchObject({ DisplayName: "after", Owner: environment.account });
    await expect(create("attributes", { Attributes })).rejects.toMatchObject(invalid("different"));
  });

  // Source: https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
  // Source: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
  test.each([
    ["Colour", "red"],
    ["MaximumMessageSize", "1048576"],
    ["FifoTopic", "true"],
    ["DisplayName", "x".repeat(101)],
    ["DisplayName", "one\ntwo"],
    ["Policy", "{"],
    ["Policy", "[]"],
    ["Policy", `{"Statement":5}`],
    ["Policy", `{"Statement":[]}`.padEnd(30_721)],
    ["KmsMasterKeyId", "x".repeat(2049)],
    ["SignatureVersion", "3"],
    ["TracingConfig", "Sometimes"],
  ])("reject %s %j by name", async (name, value) => {
    const TopicArn = await create("strict");
    await expect(set(TopicArn, name, value)).rejects.toMatchObject(invalid(name));
    const created = create("never", { Attributes: { [name]: value } });
    await expect(created).rejects.toMatchObject(invalid(name));
  });
});

// Source: https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
test.each(["a.b", "x".repeat(257), "Zoë", ""])("%j is no name of a topic", async (Name) => {
  await expect(create(Name)).rejects.toMatchObject(invalid("Topic Name"));
});

test("a FIFO topic is rejected by name", async () => {
  await expect(create("ordered.fifo")).rejects.toThrow("does not support FIFO topics");
});

// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sns/test_sns.snapshot.json (test_publish_wrong_arn_format, test_topic_publish_another_region, test_unsubscribe_wrong_arn_format)
test.each(["x", "arn:aws:sns", "arn:aws:sns:us-east-1:111111111111:other", "arn:aws:sqs:a:b:c"])(
  "%j is no ARN of a topic or subscription",
  async (arn) => {
    const error = { name: "InvalidParameterException" };
    await expect(publish(arn, "m")).rejects.toMatchObject(error);
    for (const call of [
      () => sns().send(new DeleteTopicCommand({ TopicArn: arn })),
      () => sns().send(new UnsubscribeCommand({ SubscriptionArn: arn })),
      () => sns().send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn })),
    ]) {
      await expect(call()).rejects.toMatchObject(error);
    }
  },
);

// Source: https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html
// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sns/test_sns.snapshot.json (test_publish_too_long_message)
test("a message of 256 KiB is published, a longer one is rejected, its attributes counted", async () => {
  const TopicArn = await create("sizes");
  const limit = 262_144;
  await expect(publish(TopicArn, "x".repeat(limit))).resolves.toHaveProperty("MessageId");
  for (const [message, MessageAttributes] of [
    ["x".repeat(limit + 1), {}],
    ["é".repeat(limit / 2 + 1), {}],
    ["x".repeat(limit), { a: string("b") }],
  ] as const) {
    const error = invalid("Message too long");
    await expect(publish(TopicArn, message, { MessageAttributes })).rejects.toMatchObject(error);
  }
});

test("a message that would go elsewhere than asked is rejected by name", async () => {
  for (const target of [{ PhoneNumber: "+15550100" }, { TargetArn: "arn" }]) {
    const [name = ""] = Object.keys(target);
    const sent = sns().send(new PublishCommand({ ...target, Message: "m" }));
    await expect(sent).rejects.toThrow(`sns:Publish with ${name}`);
  }
});

const tags = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ Key: String(n), Value: "" }));

// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-tags.html
test("tags are added, replaced and taken away; wrong ones are rejected", async () => {
  const TopicArn = await create("tagged", { Tags: [{ Key: "a", Value: "1" }] });
  const tag = (...Tags: { Key: string; Value: string }[]) =>
    sns().send(new TagResourceCommand({ ResourceArn: TopicArn, Tags }));
  const shown = async () =>
    (await sns().send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }))).Tags;
  await tag({ Key: "a", Value: "2" }, { Key: "b", Value: "" });
  expect(await shown()).toEqual([
    { Key: "a", Value: "2" },
    { Key: "b", Value: "" },
  ]);
  await sns().send(new UntagResourceCommand({ ResourceArn: TopicArn, TagKeys: ["a", "other"] }));
  const left = [{ Key: "b", Value: "" }];
  expect(await shown()).toEqual(left);

  for (const wrong of [
    [{ Key: "", Value: "" }],
    [{ Key: "AWS:x", Value: "" }],
    [{ Key: "x".repeat(129), Value: "" }],
    [{ Key: "x", Value: "x".repeat(257) }],
    [{ Key: "x", Value: "<" }],
    [
      { Key: "x", Value: "1" },
      { Key: "x", Value: "2" },
    ],
    tags(50),
  ]) {
    await expect(tag(...wrong)).rejects.toThrow(/Tags|keys|quota/);
    const created = create("never-tagged", { Tags: [...wrong, { Key: "b", Value: "" }] });
    await expect(created).rejects.toThrow(/Tags|keys|quota/);
    expect(aws.topics.list().some(({ arn }) => arn.endsWith("never-tagged"))).toBe(false);
    expect(await shown()).toEqual(left);
  }
  for (const [Action, missing] of [
    ["TagResource", "Tags"],
    ["UntagResource", "TagKeys"],
  ] as const) {
    const parameters = { Action, ResourceArn: TopicArn };
    const { status, body } = await callQuery(aws.endpoint, "sns", parameters);
    expect([status, body]).toEqual([400, expect.stringContaining(missing)]);
  }
  const unknown = { ResourceArn: `${TopicArn}2` };
  await expect(sns().send(new ListTagsForResourceCommand(unknown))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

// Source: https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html
test("topics are listed in pages of 100", async () => {
  const names = Array.from({ length: 101 }, (_, n) => `page-${n}`);
  for (const name of names) aws.topics.create(name);
  const first = await sns().send(new ListTopicsCommand({}));
  expect(first.Topics).toHaveLength(100);
  const { NextToken } = first;
  const second = await sns().send(new ListTopicsCommand({ NextToken }));
  const arns = [...present(first.Topics), ...present(second.Topics)].map((one) => one.TopicArn);
  for (const name of names) {
    expect(arns.filter((arn) => arn?.endsWith(`:${name}`))).toHaveLength(1);
  }
  const wrong = sns().send(new ListTopicsCommand({ NextToken: "x" }));
  await expect(wrong).rejects.toMatchObject(invalid("token"));
});
