/** What IAM is asked about calls of SQS is what is then acted on. */
import { describe, expect, test } from "vitest";
import { callRaw } from "../support/raw-calls.ts";
import { account, sqs, policy, setUpAsked } from "./asked-of-iam.ts";

const { asked, denied, cloud, urlOf } = setUpAsked();

describe("SQS", () => {
  const json = { "content-type": "application/x-amz-json-1.0" };
  const call = (operation: string, input: unknown) =>
    callRaw(cloud().endpoint, "sqs", {
      headers: { ...json, "x-amz-target": `AmazonSQS.${operation}` },
      body: JSON.stringify(input),
    });

  // Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
  test.each([
    ["CreateQueue", "QueueName", "guarded"],
    ["GetQueueUrl", "QueueName", "guarded"],
    ["ListQueues", "QueueUrl", "*"],
    ["PurgeQueue", "QueueUrl", "guarded"],
    ["DeleteQueue", "QueueUrl", "guarded"],
  ])("%s is checked as what its %s names", async (operation, member, name) => {
    denied.add(sqs(name));
    const both = { QueueUrl: urlOf("open"), QueueName: "open" };
    const named = member === "QueueUrl" ? urlOf(name) : name;
    expect(await call(operation, { ...both, [member]: named })).toMatchObject({ status: 403 });
    expect(asked).toEqual([`sqs:${operation} ${sqs(name)}`]);
  });

  test("a batch is sent to the queue that was checked", async () => {
    const Entries = [{ Id: "1", MessageBody: "x" }];
    await call("SendMessageBatch", { QueueUrl: urlOf("open"), QueueName: "guarded", Entries });
    expect(asked).toEqual([`sqs:SendMessageBatch ${sqs("open")}`]);
  });

  test("the policy of a queue is not changed in the name of another", async () => {
    const Attributes = { Policy: policy("forged") };
    const input = { QueueUrl: urlOf("open"), QueueName: "guarded", Attributes };
    expect(await call("SetQueueAttributes", input)).toMatchObject({ status: 400 });
    expect(asked).toEqual([`sqs:SetQueueAttributes ${sqs("open")}`]);
    for (const name of ["open", "guarded"]) {
      expect(cloud().queues.policyOf(sqs(name))).toBe(policy(name));
    }
  });

  test.each([
    "http://any.host/111111111111/guarded",
    `http://any.host/${account}/other:guarded`,
    `http://any.host/${account}/guar\nded`,
    `http://any.host/${account}/other/guarded`,
    `http://any.host/${account}/%67uarded`,
    `http://any.host/${account}/open?x=/${account}/guarded`,
    "guarded",
    sqs("guarded"),
  ])("%j is no address of a queue", async (QueueUrl) => {
    const { status, body } = await call("PurgeQueue", { QueueUrl });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ __type: "QueueDoesNotExist" });
    expect(asked).not.toContain(`sqs:PurgeQueue ${sqs("guarded")}`);
  });

  test("an address is one whatever its host", async () => {
    const QueueUrl = `https://sqs.eu-west-1.amazonaws.com/${account}/guarded`;
    expect(await call("ListQueueTags", { QueueUrl })).toMatchObject({ status: 200 });
    expect(asked).toEqual([`sqs:ListQueueTags ${sqs("guarded")}`]);
  });

  // Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
  test.each(["", "x/guarded", "x:guarded", "guarded\n", "x".repeat(81), 7])(
    "%j is no name for a queue",
    async (QueueName) => {
      const { status, body } = await call("CreateQueue", { QueueName });
      expect(status).toBe(400);
      expect(JSON.parse(body)).toMatchObject({ __type: "InvalidParameterValue" });
    },
  );

  test("another type of content is rejected in the way of AWS", async () => {
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AmazonSQS.ListQueues",
    };
    const { status, body } = await callRaw(cloud().endpoint, "sqs", { headers, body: "{}" });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toEqual({
      __type: "UnknownOperationException",
      message:
        'The local cloud does not support the content type "application/x-amz-json-1.1" of SQS.',
    });
  });

  test("a request that is too long for SQS is rejected in the way of AWS", async () => {
    const { status, body } = await call("SendMessage", {
      QueueUrl: urlOf("open"),
      MessageBody: "x".repeat(12 * 1024 * 1024),
    });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ __type: "InvalidParameterValue" });
  });
});
