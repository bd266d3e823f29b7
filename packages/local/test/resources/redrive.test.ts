/** Both ways into a dead-letter queue, over the resources that lay them. */
import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { operator } from "../support/test-cloud.ts";
import { declareConsumer, queueArn, topicArn, type Consumer } from "./consumer.ts";
import { account, allow, letTopicSend, output, region } from "./declarations.ts";
import { startDeployableCloud, type Declare, type DeployableCloud } from "./deployable-cloud.ts";

const fromTopic = letTopicSend(queueArn, topicArn);
const throws = `export const handler = async () => { throw new TypeError("no greeting today"); };`;
const logs = `export const handler = async ({ Records: [{ Sns }] }) => console.log(Sns.Message);`;

let cloud: DeployableCloud;
beforeEach(async () => {
  cloud = await startDeployableCloud();
});
afterEach(() => cloud.stop());

const declareLetters = (declare: Declare, consumer: Consumer) =>
  declareConsumer(cloud, declare, { queuePolicy: fromTopic, ...consumer });

const publish = (message: string) =>
  cloud.topics.publish(topicArn, { message, attributes: {} }, operator);

/** The next message of a queue, as the JSON that it holds. */
async function next(arn = queueArn): Promise<unknown> {
  const queue = cloud.queues.get(arn);
  const [message] = await queue.receive(
    { reader: operator, most: 1, wait: 20 },
    AbortSignal.timeout(20_000),
  );
  if (message === undefined) throw new Error("Nothing came into the queue.");
  queue.deleteMessage(message.receiptHandle ?? "");
  return JSON.parse(message.body);
}

/** Resolves when the function has logged a text. */
function logged(text: string): Promise<string> {
  return new Promise((resolve) => {
    const end = cloud.logs.subscribe(({ message }) => {
      if (!message.includes(text)) return;
      end();
      resolve(message);
    });
  });
}

// Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
test("a message that a function fails on, retries included, reaches the queue as Lambda's record", async () => {
  await cloud.deploy((declare) => declareLetters(declare, { source: throws, retries: 1 }));

  publish("Ada");

  await expect(next()).resolves.toMatchObject({
    requestContext: {
      functionArn: expect.stringContaining(":function:Consumer:"),
      condition: "RetriesExhausted",
      approximateInvokeCount: 2,
    },
    requestPayload: { Records: [{ EventSource: "aws:sns", Sns: { Message: "Ada" } }] },
    responsePayload: { errorType: "TypeError", errorMessage: "no greeting today" },
  });
  const sourceArn = expect.stringMatching(/:function:Consumer$/);
  expect(cloud.deadLetters).toEqual([
    { queueArn, sourceArn, reason: "failed 2 times (TypeError)" },
  ]);
});

// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
test("a message whose function lost its permission reaches the queue as SNS's notification", async () => {
  await cloud.deploy((declare) => declareLetters(declare, { source: logs }));
  const greeted = logged("Ada");
  publish("Ada");
  await greeted;

  await cloud.deploy((declare) => declareLetters(declare, { source: logs, permission: false }));
  publish("Grace");

  await expect(next()).resolves.toMatchObject({
    Type: "Notification",
    TopicArn: topicArn,
    Message: "Grace",
  });
  const reason = expect.stringContaining("the topic has no permission to invoke it");
  expect(cloud.deadLetters).toEqual([{ queueArn, sourceArn: topicArn, reason }]);
});

test("a message whose function is gone reaches the queue as SNS's notification", async () => {
  await cloud.deploy((declare) => declareLetters(declare, { source: logs }));
  cloud.lambda.deleteFunction("Consumer");

  publish("Ada");

  await expect(next()).resolves.toMatchObject({ Type: "Notification", Message: "Ada" });
});

test("a topic as the destination publishes the record to its subscribers", async () => {
  const destination = `arn:aws:sns:${region}:${account}:failures`;
  await cloud.deploy(async (declare) => {
    await declare("aws:sns/topic:Topic", "Failures", { name: "failures" });
    const listening = await declare("aws:sqs/queue:Queue", "Listening", {
      name: "listening",
      policy: letTopicSend(`arn:aws:sqs:${region}:${account}:listening`, destination),
    });
    await declare("aws:sns/topicSubscription:TopicSubscription", "Listens", {
      topic: destination,
      protocol: "sqs",
      endpoint: output(listening, "arn"),
    });
    const statements = [allow("sns:Publish", destination)];
    await declareLetters(declare, { source: throws, statements, destination });
  });

  publish("Ada");

  const envelope = z
    .object({ TopicArn: z.literal(destination), Message: z.string() })
    .parse(await next(`arn:aws:sqs:${region}:${account}:listening`));
  expect(JSON.parse(envelope.Message)).toMatchObject({
    requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 1 },
  });
});

test("taking the settings away gives the function Lambda's defaults again: no destination", async () => {
  await cloud.deploy((declare) => declareLetters(declare, { source: throws }));
  publish("Ada");
  await next();

  await cloud.deploy((declare) =>
    declareLetters(
      async (type, name, inputs) =>
        name === "Config"
          ? { operation: "same", id: "", outputs: {} }
          : declare(type, name, inputs),
      { source: throws },
    ),
  );
  const discarded = logged("The event is discarded (RetriesExhausted)");
  publish("Grace");

  await expect(discarded).resolves.toContain("the function has no on-failure destination");
});

test.each([
  [
    "a role that may not send to it",
    { statements: [allow("sqs:ReceiveMessage", queueArn)] },
    `does not have permissions to call sqs:SendMessage on ${queueArn}`,
  ],
  [
    "another service",
    { destination: "arn:aws:events:us-east-1:000000000000:event-bus/default" },
    "only to standard queues and topics",
  ],
  ["a FIFO queue", { destination: `${queueArn}.fifo` }, "only to standard queues and topics"],
])("a destination is rejected for %s", async (_, consumer, message) => {
  await expect(
    cloud.deploy((declare) => declareLetters(declare, { source: throws, ...consumer })),
  ).rejects.toThrow(message);
});
