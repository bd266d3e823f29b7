import {
  CreateTopicCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMessaging } from "../../../src/services/messaging/messaging.ts";
import { environment, startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { present } from "../../support/present.ts";

let aws: StartedCloud;
beforeAll(async () => {
  aws = await startTestCloud();
});
afterAll(() => aws.stop());

const receive = async (QueueUrl: string) => {
  const { Messages } = await aws.clients.sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ["All"] }),
  );
  return Messages?.[0];
};

test("a published message reaches the subscribed queue with its attributes", async () => {
  const { arn: topicArn } = await aws.messaging.topics.create("greetings");
  const queue = await aws.messaging.queues.create("greetings");
  await aws.messaging.topics.subscribeQueue(topicArn, queue.arn);
  const published = await aws.clients.sns.send(
    new PublishCommand({
      TopicArn: topicArn,
      Message: "Ada 👩‍💻 & <b>",
      MessageAttributes: { correlationId: { DataType: "String", StringValue: "id-1" } },
    }),
  );
  const message = present(await receive(queue.url));
  expect(JSON.parse(present(message.Body))).toMatchObject({
    Type: "Notification",
    MessageId: published.MessageId,
    TopicArn: topicArn,
    Message: "Ada 👩‍💻 & <b>",
    MessageAttributes: { correlationId: { Type: "String", Value: "id-1" } },
  });
});

test("raw delivery and a filter policy do what they say", async () => {
  const { arn: topicArn } = await aws.messaging.topics.create("filtered");
  const queue = await aws.messaging.queues.create("filtered");
  await aws.messaging.topics.subscribeQueue(topicArn, queue.arn, {
    RawMessageDelivery: "true",
    FilterPolicy: JSON.stringify({ kind: ["wanted"] }),
  });
  for (const kind of ["other", "wanted"]) {
    await aws.clients.sns.send(
      new PublishCommand({
        TopicArn: topicArn,
        Message: kind,
        MessageAttributes: { kind: { DataType: "String", StringValue: kind } },
      }),
    );
  }
  expect(await receive(queue.url)).toMatchObject({ Body: "wanted" });
  expect(await receive(queue.url)).toBeUndefined();
});

test("a filter policy that is not JSON is rejected, not ignored", async () => {
  const { arn } = await aws.messaging.topics.create("badly-filtered");
  const FilterPolicy = "{";
  await expect(
    aws.messaging.topics.subscribeQueue(arn, "arn:aws:sqs:us-east-1:000000000000:any", {
      FilterPolicy,
    }),
  ).rejects.toThrow("JSON");
});

test("an unsubscribed queue gets nothing more", async () => {
  const { arn: topicArn } = await aws.messaging.topics.create("left");
  const queue = await aws.messaging.queues.create("left");
  const { subscriptionArn } = await aws.messaging.topics.subscribeQueue(topicArn, queue.arn);
  await aws.messaging.topics.unsubscribe(subscriptionArn);
  await aws.clients.sns.send(new PublishCommand({ TopicArn: topicArn, Message: "m" }));
  expect(await receive(queue.url)).toBeUndefined();
});

test("a deleted topic is NotFound to publishers", async () => {
  const { arn } = await aws.messaging.topics.create("deleted");
  await aws.messaging.topics.delete(arn);
  await expect(
    aws.clients.sns.send(new PublishCommand({ TopicArn: arn, Message: "m" })),
  ).rejects.toMatchObject({ name: "NotFoundException", $metadata: { httpStatusCode: 404 } });
});

test("topics keep their attributes, and attributes that SNS does not have are rejected", async () => {
  const { topics } = aws.messaging;
  const { arn } = await topics.create("attributes", { DisplayName: "before" });
  await topics.setAttributes(arn, { DisplayName: "after" });
  await expect(topics.create("attributes", { DisplayName: "before" })).rejects.toMatchObject({
    code: "InvalidParameter",
  });
  await expect(topics.setAttributes(arn, { Colour: "red" })).rejects.toMatchObject({
    code: "InvalidParameter",
  });
});

// Source: https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html
// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sns/test_sns.snapshot.json (test_publish_too_long_message)
test("a message of 256 KiB is published, a longer one is rejected, its attributes counted", async () => {
  const { arn: TopicArn } = await aws.messaging.topics.create("sizes");
  const limit = 262_144;
  const publish = (length: number, attribute = "") =>
    aws.clients.sns.send(
      new PublishCommand({
        TopicArn,
        Message: "x".repeat(length),
        ...(attribute === ""
          ? {}
          : { MessageAttributes: { a: { DataType: "String", StringValue: attribute } } }),
      }),
    );
  await expect(publish(limit)).resolves.toHaveProperty("MessageId");
  for (const tooLong of [publish(limit + 1), publish(limit, "b")]) {
    await expect(tooLong).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining("Message too long"),
    });
  }
});

test("a topic cannot be told to take larger messages", async () => {
  const { arn } = await aws.messaging.topics.create("large");
  const larger = aws.messaging.topics.setAttributes(arn, { MaximumMessageSize: "1048576" });
  await expect(larger).rejects.toMatchObject({ code: "InvalidParameter" });
});

test("a subscription that would never be delivered is rejected by name", async () => {
  const { TopicArn } = await aws.clients.sns.send(new CreateTopicCommand({ Name: "protocols" }));
  for (const Protocol of ["lambda", "email", "https"]) {
    await expect(
      aws.clients.sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint: "any" })),
    ).rejects.toThrow(`does not support sns:Subscribe with the protocol ${Protocol}`);
  }
  const listed = await aws.clients.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(listed.Subscriptions ?? []).toEqual([]);
});

test("a message that would go elsewhere than asked is rejected by name", async () => {
  await expect(
    aws.clients.sns.send(new PublishCommand({ PhoneNumber: "+15550100", Message: "m" })),
  ).rejects.toThrow("sns:Publish with PhoneNumber");
});

test("queue URLs lead to the endpoint, so a client that follows them arrives", async () => {
  const { sqs } = aws.clients;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "followed" }));
  expect(QueueUrl).toBe(`${aws.url}/000000000000/followed`);
  expect(await sqs.send(new GetQueueUrlCommand({ QueueName: "followed" }))).toMatchObject({
    QueueUrl,
  });
  const { QueueUrls } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "followed" }));
  expect(QueueUrls).toEqual([QueueUrl]);

  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "body" }));
  const message = present(await receive(present(QueueUrl)));
  expect(message).toMatchObject({ Body: "body", Attributes: { ApproximateReceiveCount: "1" } });
  const { ReceiptHandle } = message;
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
});

test("a queue that is not there keeps SQS's own error", async () => {
  const QueueUrl = `${aws.url}/000000000000/none`;
  const sent = aws.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "b" }));
  await expect(sent).rejects.toBeInstanceOf(QueueDoesNotExist);
});

test("another account is rejected from the start", () => {
  const options = { ...environment, account: "123456789012", endpoint: () => aws.url };
  expect(() => createMessaging(options)).toThrow("only account 000000000000");
});
