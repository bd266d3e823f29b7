/** Delivery over the local cloud's own SNS, SQS and Lambda: from a publish to a handler's log. */
import { PublishCommand } from "@aws-sdk/client-sns";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  createDelivery,
  type Delivery,
} from "../../../../src/services/messaging/delivery/delivery.ts";
import { startTestCloud, type StartedCloud } from "../../../support/test-cloud.ts";
import { jsonLog, startLambda, type TestLambda } from "../../lambda/lambda-harness.ts";

let aws: StartedCloud;
let cloud: TestLambda;
let delivery: Delivery;

beforeEach(async () => {
  aws = await startTestCloud();
  cloud = await startLambda();
  delivery = createDelivery({ messaging: aws.messaging, lambda: cloud.lambda, logs: cloud.logs });
});
afterEach(async () => {
  await delivery.stop();
  await cloud.stop();
  await aws.stop();
});

/** Tells the gate its process id, waits there, and logs what it got. */
const HANDLER = `
  export const handler = async (event) => {
    await fetch(process.env.AWS_ENDPOINT_URL + "/" + process.pid);
    console.log({ received: event.Records[0].Sns });
  };
`;

/** A topic, and a function that it may invoke. */
async function topicAndFunction(): Promise<{ topicArn: string; functionArn: string }> {
  const { arn: topicArn } = await aws.messaging.topics.create("names");
  const functionArn = await cloud.put(HANDLER);
  cloud.lambda.addPermission({
    functionName: functionArn,
    statementId: "topic",
    principal: "sns.amazonaws.com",
    action: "lambda:InvokeFunction",
    sourceArn: topicArn,
  });
  return { topicArn, functionArn };
}

const publish = (TopicArn: string, Message: string, kind = "a"): Promise<unknown> =>
  aws.clients.sns.send(
    new PublishCommand({
      TopicArn,
      Message,
      MessageAttributes: { kind: { DataType: "String", StringValue: kind } },
    }),
  );

const received = (): unknown[] =>
  jsonLog(cloud.logs).flatMap(({ message }) =>
    typeof message === "object" && message !== null && "received" in message
      ? [message.received]
      : [],
  );

test("a published message is in the handler's hands, attributes and all", async () => {
  const { topicArn, functionArn } = await topicAndFunction();
  await delivery.subscribe({ topicArn, functionArn });
  cloud.gate.open();

  await publish(topicArn, "Ada");

  await expect.poll(received).toHaveLength(1);
  expect(received()[0]).toMatchObject({
    Type: "Notification",
    TopicArn: topicArn,
    Message: "Ada",
    Subject: null,
    MessageAttributes: { kind: { Type: "String", Value: "a" } },
  });
});

test("a filter policy keeps other messages away", async () => {
  const { topicArn, functionArn } = await topicAndFunction();
  await delivery.subscribe({ topicArn, functionArn, filterPolicy: `{"kind":["b"]}` });
  cloud.gate.open();

  await publish(topicArn, "Ada", "a");
  await publish(topicArn, "Grace", "b");

  await expect.poll(received).toMatchObject([{ Message: "Grace" }]);
});

test("a message survives the death of the process that handles it", async () => {
  const { topicArn, functionArn } = await topicAndFunction();
  await delivery.subscribe({ topicArn, functionArn });

  await publish(topicArn, "Ada");
  const [first = ""] = await cloud.gate.arrivals(1);
  process.kill(Number(first.slice(1)), "SIGKILL");
  await cloud.gate.arrivals(2);
  cloud.gate.open();

  await expect.poll(received).toMatchObject([{ Message: "Ada" }]);
});

test("messages are handled at the same time, not one after the other", async () => {
  const { topicArn, functionArn } = await topicAndFunction();
  await delivery.subscribe({ topicArn, functionArn });

  await publish(topicArn, "Ada");
  await publish(topicArn, "Grace");
  const pids = await cloud.gate.arrivals(2);
  cloud.gate.open();

  expect(new Set(pids).size).toBe(2);
  await expect.poll(received).toHaveLength(2);
});

test("a message for a function that is gone reaches the redrive policy's queue", async () => {
  const { topicArn, functionArn } = await topicAndFunction();
  const { arn } = await aws.messaging.queues.create("dead");
  const redrivePolicy = JSON.stringify({ deadLetterTargetArn: arn });
  await delivery.subscribe({ topicArn, functionArn, redrivePolicy });
  cloud.lambda.deleteFunction("Function");

  await publish(topicArn, "Ada");

  const dead = await aws.messaging.queues.receive(arn, new AbortController().signal);
  expect(JSON.parse(dead?.body ?? "")).toMatchObject({ Message: "Ada", TopicArn: topicArn });
});

test("an ended subscription leaves the topic, even one that is deleted already", async () => {
  const { topicArn, functionArn } = await topicAndFunction();
  const kept = await delivery.subscribe({ topicArn, functionArn });
  const { subscriptionArn } = await delivery.subscribe({ topicArn, functionArn });

  await delivery.unsubscribe(subscriptionArn);
  await aws.messaging.topics.delete(topicArn);

  await expect(delivery.unsubscribe(kept.subscriptionArn)).resolves.toBeUndefined();
});

test("delivery ends even when messaging is stopped first", async () => {
  const { topicArn, functionArn } = await topicAndFunction();
  await delivery.subscribe({ topicArn, functionArn });

  await aws.messaging.stop();

  await expect(delivery.stop()).resolves.toBeUndefined();
});
