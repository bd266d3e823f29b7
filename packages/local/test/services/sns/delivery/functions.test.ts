/** Delivery over the local cloud's own SNS, SQS and Lambda: from a publish to a handler's log. */
import { PublishCommand } from "@aws-sdk/client-sns";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listen, type Listener } from "../../../../src/http/listen.ts";
import { operator, startTestCloud, type StartedCloud } from "../../../support/test-cloud.ts";
import { createGate, type Gate } from "../../lambda/gate.ts";
import { jsonLog, settingsOf, zipOf } from "../../lambda/lambda-harness.ts";

let cloud: StartedCloud;
/** Requests of handlers wait here until the test lets them go on. */
let gate: Gate;
let gateListener: Listener;

beforeEach(async () => {
  cloud = await startTestCloud();
  gate = createGate();
  gateListener = await listen((request) => gate.answer(new URL(request.url)), 0);
});
afterEach(async () => {
  await cloud.stop();
  gate.open();
  await gateListener.close();
});

/** Tells the gate its process id, waits there, and logs what it got. */
const HANDLER = `
  export const handler = async (event) => {
    await fetch(process.env.GATE + "/" + process.pid);
    console.log({ received: event.Records[0].Sns });
  };
`;

/** A topic, and a function that it may invoke. */
async function topicAndFunction(): Promise<{ topicArn: string; functionArn: string }> {
  const { arn: topicArn } = cloud.topics.create("names");
  const zipFile = await zipOf(cloud.folder, { "bundle.mjs": HANDLER });
  const settings = settingsOf(zipFile, { environment: { GATE: gateListener.url } });
  await cloud.lambda.putFunction(settings);
  const functionArn = settings.arn;
  cloud.lambda.addPermission({
    functionName: functionArn,
    statementId: "topic",
    principal: "sns.amazonaws.com",
    action: "lambda:InvokeFunction",
    sourceArn: topicArn,
  });
  return { topicArn, functionArn };
}

const subscribe = (topicArn: string, endpoint: string, attributes = {}) =>
  cloud.topics.subscribe({ topicArn, protocol: "lambda", endpoint, attributes });

const publish = (TopicArn: string, Message: string, kind = "a"): Promise<unknown> =>
  cloud.clients.sns.send(
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
  subscribe(topicArn, functionArn);
  gate.open();

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
  subscribe(topicArn, functionArn, { FilterPolicy: `{"kind":["b"]}` });
  gate.open();

  await publish(topicArn, "Ada", "a");
  await publish(topicArn, "Grace", "b");

  await expect.poll(received).toMatchObject([{ Message: "Grace" }]);
});

test("a message survives the death of the process that handles it", async () => {
  const { topicArn, functionArn } = await topicAndFunction();
  subscribe(topicArn, functionArn);

  await publish(topicArn, "Ada");
  const [first = ""] = await gate.arrivals(1);
  process.kill(Number(first.slice(1)), "SIGKILL");
  await gate.arrivals(2);
  gate.open();

  await expect.poll(received).toMatchObject([{ Message: "Ada" }]);
});

test("messages are handled at the same time, not one after the other", async () => {
  const { topicArn, functionArn } = await topicAndFunction();
  subscribe(topicArn, functionArn);

  await publish(topicArn, "Ada");
  await publish(topicArn, "Grace");
  const pids = await gate.arrivals(2);
  gate.open();

  expect(new Set(pids).size).toBe(2);
  await expect.poll(received).toHaveLength(2);
});

test("a message for a function that is gone reaches the redrive policy's queue", async () => {
  const { topicArn, functionArn } = await topicAndFunction();
  const Statement = {
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: "*",
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [Statement] });
  const { arn } = cloud.queues.create("dead", { Policy });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn });
  subscribe(topicArn, functionArn, { RedrivePolicy });
  cloud.lambda.deleteFunction("Function");

  await publish(topicArn, "Ada");

  const [dead] = await cloud.queues
    .get(arn)
    .receive({ reader: operator, most: 1 }, new AbortController().signal);
  expect(JSON.parse(dead?.body ?? "")).toMatchObject({ Message: "Ada", TopicArn: topicArn });
});
