/** What clients see of the queues between topics and functions: the functions. */
import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  type Subscription,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callQuery } from "../../support/raw-calls.ts";
import { environment, startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";

const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:Consumer";

let aws: StartedCloud;
let topicArn: string;
let queue: { arn: string; url: string };
let queueName: string;
let SubscriptionArn: string;
beforeAll(async () => {
  aws = await startTestCloud();
  const { topics, queues, subscriptionQueues } = aws.messaging;
  topicArn = (await topics.create("names")).arn;
  queue = await queues.create("names");
  await topics.subscribeQueue(topicArn, queue.arn);
  const hidden = await subscriptionQueues.create(functionArn);
  queueName = hidden.arn.split(":").at(-1) ?? "";
  const attributes = { FilterPolicy: `{"kind":["a"]}`, RedrivePolicy: "" };
  SubscriptionArn = (await topics.subscribeQueue(topicArn, hidden.arn, attributes)).subscriptionArn;
});
afterAll(() => aws.stop());

const byProtocol = (one: Subscription, other: Subscription) =>
  (one.Protocol ?? "").localeCompare(other.Protocol ?? "");

// Source: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
test("a function's subscription has the protocol lambda and the function's ARN, a queue's its own", async () => {
  const listed = [
    await aws.clients.sns.send(new ListSubscriptionsCommand({})),
    await aws.clients.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn })),
  ];
  for (const { Subscriptions } of listed) {
    expect(Subscriptions?.toSorted(byProtocol)).toEqual([
      {
        SubscriptionArn,
        TopicArn: topicArn,
        Owner: environment.account,
        Protocol: "lambda",
        Endpoint: functionArn,
      },
      expect.objectContaining({ Protocol: "sqs", Endpoint: queue.arn, TopicArn: topicArn }),
    ]);
  }
});

test("so it has in its attributes, among which no empty policy is", async () => {
  const { Attributes } = await aws.clients.sns.send(
    new GetSubscriptionAttributesCommand({ SubscriptionArn }),
  );
  expect(Attributes).toMatchObject({
    Protocol: "lambda",
    Endpoint: functionArn,
    FilterPolicy: `{"kind":["a"]}`,
    RawMessageDelivery: "false",
  });
  expect(Attributes).not.toHaveProperty("RedrivePolicy");
});

test("only the other queues are listed", async () => {
  const { QueueUrls } = await aws.clients.sqs.send(new ListQueuesCommand({}));
  expect(QueueUrls).toEqual([queue.url]);
  const { body } = await callQuery(aws.endpoint, "sqs", {
    Action: "ListQueues",
    Version: "2012-11-05",
  });
  expect(body).not.toContain(queueName);
});

test("no operation finds it, by name or address", async () => {
  const { sqs } = aws.clients;
  for (const QueueUrl of [`${aws.url}/000000000000/${queueName}`, `/000000000000/${queueName}/`]) {
    const calls = [
      sqs.send(new ReceiveMessageCommand({ QueueUrl })),
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "forged" })),
      sqs.send(new PurgeQueueCommand({ QueueUrl })),
    ];
    for (const call of calls) await expect(call).rejects.toBeInstanceOf(QueueDoesNotExist);
  }
  for (const call of [
    sqs.send(new GetQueueUrlCommand({ QueueName: queueName })),
    sqs.send(new CreateQueueCommand({ QueueName: queueName })),
  ]) {
    await expect(call).rejects.toBeInstanceOf(QueueDoesNotExist);
  }
});

test("in the query protocol the error has that protocol's code", async () => {
  const QueueUrl = `${aws.url}/000000000000/${queueName}`;
  const parameters = { Action: "ReceiveMessage", Version: "2012-11-05", QueueUrl };
  const { status, body } = await callQuery(aws.endpoint, "sqs", parameters);
  expect(status).toBe(400);
  expect(body).toContain("<Code>AWS.SimpleQueueService.NonExistentQueue</Code>");
});

test("a deleted subscription queue does not exist", async () => {
  const { queues, subscriptionQueues } = aws.messaging;
  const deleted = await subscriptionQueues.create(functionArn);
  await subscriptionQueues.delete(deleted.arn);
  await expect(queues.send(deleted.arn, "any")).rejects.toMatchObject({
    code: "QueueDoesNotExist",
  });
});
