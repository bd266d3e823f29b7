/** The tracing header of messages in queues, and of what functions are invoked with by the API. */
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { PublishCommand } from "@aws-sdk/client-sns";
import {
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { settingsOf, zipOf } from "../lambda/lambda-harness.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { clientConfig } from "../../support/client-config.ts";

const header = "Root=1-65a1b2c3-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=1";
const queueArn = "arn:aws:sqs:us-east-1:000000000000:letters";
const topicArn = "arn:aws:sns:us-east-1:000000000000:names";

let cloud: StartedCloud;
let QueueUrl: string;
beforeEach(async () => {
  cloud = await startTestCloud({ wait: () => Promise.resolve() });
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: queueArn }],
  });
  QueueUrl = cloud.queues.create("letters", { Policy }).url;
  cloud.topics.create("names");
  const { sns, sqs } = cloud.clients;
  sns.middlewareStack.add((next) => (args) => next(withHeader(args)), step);
  sqs.middlewareStack.add((next) => (args) => next(withHeader(args)), step);
});
afterEach(() => cloud.stop());

const step = { step: "build", name: "traced" } as const;

/** A call as the SDK sends it in a function. */
function withHeader<Args extends { readonly request: unknown }>(args: Args): Args {
  Object.assign(Object(args.request).headers, { "X-Amzn-Trace-Id": header });
  return args;
}

async function received(): Promise<(string | undefined)[]> {
  const { Messages = [] } = await cloud.clients.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MessageSystemAttributeNames: ["AWSTraceHeader"],
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 5,
    }),
  );
  return Messages.map(({ Attributes }) => Attributes?.AWSTraceHeader);
}

// Source: https://docs.aws.amazon.com/xray/latest/devguide/xray-services-sqs.html
test("a message that is sent with the header is received with it", async () => {
  await cloud.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "m" }));
  expect(await received()).toEqual([header]);
  const Entries = [{ Id: "1", MessageBody: "m" }];
  await cloud.clients.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  expect(await received()).toEqual([header]);
});

// Source: https://docs.aws.amazon.com/xray/latest/devguide/xray-services-sns.html
test.each([
  ["to a queue", { protocol: "sqs", endpoint: queueArn, attributes: {} }],
  [
    "to a queue as it is",
    { protocol: "sqs", endpoint: queueArn, attributes: { RawMessageDelivery: "true" } },
  ],
  [
    "to a dead-letter queue",
    {
      protocol: "lambda",
      endpoint: "arn:aws:lambda:us-east-1:000000000000:function:none",
      attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn }) },
    },
  ],
] as const)("a topic passes the header on %s", async (_, subscription) => {
  cloud.topics.subscribe({ topicArn, ...subscription });
  await cloud.clients.sns.send(new PublishCommand({ TopicArn: topicArn, Message: "m" }));
  expect(await received()).toEqual([header]);
});

test("the dead letter of a function has the header of the invocation", async () => {
  const { lambda, roles, folder, url } = cloud;
  const Statement = [{ Effect: "Allow", Action: ["sqs:*", "xray:*"], Resource: "*" }];
  const inlinePolicies = [JSON.stringify({ Version: "2012-10-17", Statement })];
  roles.put({ name: "Function", arn: "arn:aws:iam::000000000000:role/Function", inlinePolicies });
  const zip = await zipOf(folder, { "bundle.mjs": "throw new Error('broken');" });
  await lambda.putFunction(settingsOf(zip));
  lambda.putEventInvokeConfig("Function", { maximumRetryAttempts: 0, onFailure: queueArn });
  const client = new LambdaClient({
    ...clientConfig(url),
    maxAttempts: 1,
  });
  client.middlewareStack.add((next) => (args) => next(withHeader(args)), step);
  await client.send(new InvokeCommand({ FunctionName: "Function", InvocationType: "Event" }));
  client.destroy();
  const root = "1-65a1b2c3-0123456789abcdef01234567";
  await expect
    .poll(received)
    .toEqual([expect.stringMatching(new RegExp(`^Root=${root};Parent=\\w{16};Sampled=1$`))]);
  const segments = cloud.xray.traces.find(root)?.segments.map(({ document }) => document) ?? [];
  expect(segments.map((text) => JSON.parse(text))).toMatchObject([
    { origin: "AWS::Lambda", parent_id: "0123456789abcdef" },
    { origin: "AWS::Lambda::Function", fault: true },
  ]);
});
