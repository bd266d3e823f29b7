/** Attributes, tags and lists of queues. */
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";

let aws: StartedCloud;
let QueueUrl: string;
beforeAll(async () => {
  aws = await startTestCloud();
  QueueUrl = await create("names");
});
afterAll(() => aws.stop());

const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
async function create(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  const command = new CreateQueueCommand({ QueueName, Attributes });
  return present((await aws.clients.sqs.send(command)).QueueUrl);
}
async function attributesOf(url: string, AttributeNames?: readonly string[]) {
  // The SDK's type has no names that SQS does not have.
  const input: object = { AttributeNames };
  const command = new GetQueueAttributesCommand({ QueueUrl: url, ...input });
  return (await aws.clients.sqs.send(command)).Attributes;
}

const redrive = (policy: unknown) => ({ RedrivePolicy: JSON.stringify(policy) });

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
describe("an attribute is rejected", () => {
  const deadLetterTargetArn = arn("names");
  test.each<[Record<string, string>, string]>([
    [{ VisibilityTimeout: "-1" }, "InvalidAttributeValue"],
    [{ VisibilityTimeout: "43201" }, "InvalidAttributeValue"],
    [{ VisibilityTimeout: "soon" }, "InvalidAttributeValue"],
    [{ VisibilityTimeout: "" }, "InvalidAttributeValue"],
    [{ VisibilityTimeout: "1e3" }, "InvalidAttributeValue"],
    [{ DelaySeconds: "901" }, "InvalidAttributeValue"],
    [{ MaximumMessageSize: "1023" }, "InvalidAttributeValue"],
    [{ MaximumMessageSize: "1048577" }, "InvalidAttributeValue"],
    [{ MessageRetentionPeriod: "59" }, "InvalidAttributeValue"],
    [{ MessageRetentionPeriod: "1209601" }, "InvalidAttributeValue"],
    [{ ReceiveMessageWaitTimeSeconds: "21" }, "InvalidAttributeValue"],
    [{ KmsDataKeyReusePeriodSeconds: "59" }, "InvalidAttributeValue"],
    [{ SqsManagedSseEnabled: "yes" }, "InvalidAttributeValue"],
    [{ Policy: "{" }, "InvalidAttributeValue"],
    [{ Policy: "[]" }, "InvalidAttributeValue"],
    [{ Policy: `{"Statement":5}` }, "InvalidAttributeValue"],
    [{ Policy: `{"Statement":[]}`.padEnd(8193) }, "InvalidAttributeValue"],
    [{ KmsMasterKeyId: "x".repeat(8193) }, "InvalidAttributeValue"],
    [{ RedriveAllowPolicy: `{"redrivePermission":"some"}` }, "InvalidAttributeValue"],
    [{ RedriveAllowPolicy: `{"redrivePermission":"byQueue"}` }, "InvalidAttributeValue"],
    [
      { RedriveAllowPolicy: `{"redrivePermission":"denyAll","sourceQueueArns":["a"]}` },
      "InvalidAttributeValue",
    ],
    [redrive({}), "InvalidAttributeValue"],
    [redrive({ deadLetterTargetArn }), "InvalidAttributeValue"],
    [redrive({ deadLetterTargetArn, maxReceiveCount: 0 }), "InvalidAttributeValue"],
    [redrive({ deadLetterTargetArn, maxReceiveCount: 1001 }), "InvalidAttributeValue"],
    [redrive({ deadLetterTargetArn, maxReceiveCount: 1.5 }), "InvalidAttributeValue"],
    [redrive({ deadLetterTargetArn: arn("gone"), maxReceiveCount: 1 }), "InvalidParameterValue"],
    [redrive({ deadLetterTargetArn: "gone", maxReceiveCount: 1 }), "InvalidParameterValue"],
    [{ FifoQueue: "true" }, "InvalidAttributeName"],
    [{ ContentBasedDeduplication: "true" }, "InvalidAttributeName"],
    [{ QueueArn: arn("other") }, "InvalidAttributeName"],
    [{ Colour: "red" }, "InvalidAttributeName"],
  ])("%o", async (Attributes, name) => {
    const set = aws.clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    await expect(set).rejects.toMatchObject({ name });
    await expect(create("new", Attributes)).rejects.toMatchObject({ name });
    await expect(
      aws.clients.sqs.send(new GetQueueUrlCommand({ QueueName: "new" })),
    ).rejects.toBeInstanceOf(QueueDoesNotExist);
  });
});

test("a FIFO queue is rejected by name", async () => {
  await expect(create("jobs.fifo", { FifoQueue: "true" })).rejects.toThrow("FIFO queues");
  await expect(create("jobs.fifo")).rejects.toThrow("does not support FIFO queues");
});

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
test("a queue is created again only with the same attributes", async () => {
  const url = await create("again", { DelaySeconds: "5" });
  expect(await create("again", { DelaySeconds: "5", VisibilityTimeout: "30" })).toBe(url);
  expect(await create("again")).toBe(url);
  await expect(create("again", { DelaySeconds: "6" })).rejects.toMatchObject({
    name: "QueueNameExists",
    Code: "QueueAlreadyExists",
    message: expect.stringContaining("DelaySeconds"),
  });
});

test("the attributes that are asked for are returned, and no others", async () => {
  expect(await attributesOf(QueueUrl, ["QueueArn", "DelaySeconds", "FifoQueue"])).toEqual({
    QueueArn: arn("names"),
    DelaySeconds: "0",
  });
  expect(await attributesOf(QueueUrl, [])).toEqual({});
  expect(await attributesOf(QueueUrl, ["All"])).toMatchObject({
    QueueArn: arn("names"),
    VisibilityTimeout: "30",
    MessageRetentionPeriod: "345600",
    MaximumMessageSize: "1048576",
    ApproximateNumberOfMessages: "0",
    SqsManagedSseEnabled: "true",
  });
  await expect(attributesOf(QueueUrl, ["Colour"])).rejects.toMatchObject({
    name: "InvalidAttributeName",
    message: "Unknown Attribute Colour.",
  });
});

const list = (input: object) =>
  aws.clients.sqs.send(new ListQueuesCommand({ QueueNamePrefix: "p-", ...input }));

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html
test("queues are listed by prefix and in pages, whose size is in a range", async () => {
  const urls = await Promise.all(["p-1", "p-2", "p-3"].map((name) => create(name)));
  expect((await list({})).QueueUrls).toEqual(urls);
  const first = await list({ MaxResults: 2 });
  expect(first.QueueUrls).toEqual(urls.slice(0, 2));
  const second = await list({ MaxResults: 2, NextToken: first.NextToken });
  expect([second.QueueUrls, second.NextToken]).toEqual([urls.slice(2), undefined]);
  for (const input of [
    { MaxResults: 0 },
    { MaxResults: 1001 },
    { MaxResults: 2, NextToken: "?" },
  ]) {
    await expect(list(input)).rejects.toMatchObject({ name: "InvalidParameterValue" });
  }
});

const find = (QueueOwnerAWSAccountId: string) =>
  aws.clients.sqs.send(new GetQueueUrlCommand({ QueueName: "names", QueueOwnerAWSAccountId }));

test("a queue of another account is not found", async () => {
  expect(await find("000000000000")).toMatchObject({ QueueUrl });
  await expect(find("111111111111")).rejects.toBeInstanceOf(QueueDoesNotExist);
});

test("tags are added, replaced and taken away; those that AWS would not take are rejected", async () => {
  const { sqs } = aws.clients;
  await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { a: "1", b: "2" } }));
  await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { b: "3", c: "" } }));
  await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ["a", "none"] }));
  const { Tags } = await sqs.send(new ListQueueTagsCommand({ QueueUrl }));
  expect(Tags).toEqual({ b: "3", c: "" });
  for (const wrong of [
    { "": "x" },
    { ["k".repeat(129)]: "x" },
    { k: "x".repeat(257) },
    { "aws:k": "x" },
    { "a\nb": "x" },
    Object.fromEntries(Array.from({ length: 49 }, (_, n) => [String(n), "x"])),
  ]) {
    const command = new TagQueueCommand({ QueueUrl, Tags: { ...wrong } });
    await expect(sqs.send(command)).rejects.toMatchObject({ name: "InvalidParameterValue" });
  }
});
