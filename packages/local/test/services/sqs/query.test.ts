/** SQS in the query protocol, which AWS CLI 2.13 and older speak. */
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callQuery } from "../../support/raw-calls.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";

let aws: StartedCloud;
let QueueUrl: string;
beforeAll(async () => {
  aws = await startTestCloud();
  const attributes = { VisibilityTimeout: "7", DelaySeconds: "0" };
  QueueUrl = aws.queues.create("letters", attributes).url;
});
afterAll(() => aws.stop());

const call = (Action: string, parameters: Record<string, string> = {}) =>
  callQuery(aws.endpoint, "sqs", { Action, Version: "2012-11-05", ...parameters });

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html
test("queues are listed and found by name, with addresses of this endpoint", async () => {
  const { status, body } = await call("ListQueues", { QueueNamePrefix: "let" });
  expect(status).toBe(200);
  expect(body).toContain(`<ListQueuesResult><QueueUrl>${QueueUrl}</QueueUrl></ListQueuesResult>`);
  const found = await call("GetQueueUrl", { QueueName: "letters" });
  expect(found.body).toContain(`<GetQueueUrlResult><QueueUrl>${QueueUrl}</QueueUrl>`);
  const none = await call("ListQueues", { QueueNamePrefix: "none" });
  expect(none.body).toContain("<ListQueuesResult></ListQueuesResult>");
});

test("attributes are asked for by numbered names", async () => {
  const { body } = await call("GetQueueAttributes", {
    QueueUrl,
    "AttributeName.1": "VisibilityTimeout",
    "AttributeName.2": "DelaySeconds",
  });
  expect(body).toContain(
    "<GetQueueAttributesResult><Attribute><Name>VisibilityTimeout</Name><Value>7</Value></Attribute><Attribute><Name>DelaySeconds</Name><Value>0</Value></Attribute></GetQueueAttributesResult>",
  );
});

test("a message goes through with its attributes, whatever is in it", async () => {
  const text = 'a<b> & "c"\r\nZoë';
  await call("SendMessage", {
    QueueUrl,
    MessageBody: text,
    "MessageAttribute.1.Name": "kind",
    "MessageAttribute.1.Value.DataType": "String",
    "MessageAttribute.1.Value.StringValue": "greeting",
  });
  const { body } = await call("ReceiveMessage", {
    QueueUrl,
    MaxNumberOfMessages: "10",
    WaitTimeSeconds: "0",
    VisibilityTimeout: "0",
    "AttributeName.1": "ApproximateReceiveCount",
    "MessageAttributeName.1": "All",
  });
  expect(body).toContain('<Body>a&lt;b&gt; &amp; "c"&#xD;\nZoë</Body>');
  expect(body).toContain(
    "<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>",
  );
  expect(body).toMatch(
    /<MessageAttribute><Name>kind<\/Name><Value>.*<StringValue>greeting<\/StringValue>/,
  );
  const handle = /<ReceiptHandle>([^<]+)</.exec(body)?.[1] ?? "";
  const deleted = await call("DeleteMessage", { QueueUrl, ReceiptHandle: handle });
  expect(deleted.body).toMatch(/^<DeleteMessageResponse xmlns="[^"]+"><ResponseMetadata>/);
  const { Messages = [] } = await aws.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages).toEqual([]);
});

test("a message that is sent this way arrives", async () => {
  const { body } = await call("SendMessage", { QueueUrl, MessageBody: "1 + 1 = 2" });
  expect(body).toMatch(/<MessageId>[0-9a-f-]{36}<\/MessageId>/);
  const { Messages = [] } = await aws.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages.map(({ Body }) => Body)).toEqual(["1 + 1 = 2"]);
});

test("every operation is translated, batches, attributes and tags too", async () => {
  const created = await call("CreateQueue", {
    QueueName: "by-query",
    "Attribute.1.Name": "DelaySeconds",
    "Attribute.1.Value": "0",
    "Tag.1.Key": "kind",
    "Tag.1.Value": "letters",
  });
  const url = /<QueueUrl>([^<]+)</.exec(created.body)?.[1] ?? "";
  const queue = { QueueUrl: url };
  const tags = await call("ListQueueTags", queue);
  expect(tags.body).toContain("<Tag><Key>kind</Key><Value>letters</Value></Tag>");
  await call("TagQueue", { ...queue, "Tag.1.Key": "other", "Tag.1.Value": "x" });
  await call("UntagQueue", { ...queue, "TagKey.1": "kind" });
  expect((await call("ListQueueTags", queue)).body).toMatch(
    /Result><Tag><Key>other<.*<\/Tag><\/List/,
  );

  const attribute = { "Attribute.1.Name": "VisibilityTimeout", "Attribute.1.Value": "0" };
  const set = await call("SetQueueAttributes", { ...queue, ...attribute });
  expect(set.body).toMatch(/^<SetQueueAttributesResponse xmlns="[^"]+"><ResponseMetadata>/);

  const sent = await call("SendMessageBatch", {
    ...queue,
    "SendMessageBatchRequestEntry.2.Id": "late",
    "SendMessageBatchRequestEntry.2.MessageBody": "b",
    "SendMessageBatchRequestEntry.2.DelaySeconds": "901",
    "SendMessageBatchRequestEntry.1.Id": "good",
    "SendMessageBatchRequestEntry.1.MessageBody": "😀",
    "SendMessageBatchRequestEntry.1.MessageAttribute.1.Name": "a",
    "SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType": "Binary",
    "SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.BinaryValue": "AP8=",
  });
  expect(sent.body).toMatch(/<SendMessageBatchResultEntry><Id>good<\/Id><MessageId>/);
  expect(sent.body).toMatch(
    /<BatchResultErrorEntry><Id>late<\/Id><SenderFault>true<\/SenderFault><Code>InvalidParameterValue</,
  );

  const received = await call("ReceiveMessage", { ...queue, "MessageAttributeName.1": "a" });
  expect(received.body).toContain("<Body>😀</Body>");
  expect(received.body).toContain("<BinaryValue>AP8=</BinaryValue>");
  const handle = /<ReceiptHandle>([^<]+)</.exec(received.body)?.[1] ?? "";
  const entry = {
    "DeleteMessageBatchRequestEntry.1.Id": "1",
    "DeleteMessageBatchRequestEntry.1.ReceiptHandle": handle,
  };
  const deleted = await call("DeleteMessageBatch", { ...queue, ...entry });
  expect(deleted.body).toContain(
    "<DeleteMessageBatchResultEntry><Id>1</Id></DeleteMessageBatchResultEntry>",
  );
  const none = await call("ReceiveMessage", queue);
  expect(none.body).toContain("<ReceiveMessageResult></ReceiveMessageResult>");
  expect(await call("DeleteQueue", queue)).toMatchObject({ status: 200 });
});

test("errors carry the codes of this protocol", async () => {
  const none = await call("GetQueueUrl", { QueueName: "none" });
  expect(none.status).toBe(400);
  expect(none.body).toContain(
    "<ErrorResponse><Error><Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code>",
  );
  const many = await call("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: "11" });
  expect(many.body).toContain("<Code>InvalidParameterValue</Code>");
  const empty = await call("SendMessageBatch", { QueueUrl });
  expect(empty.body).toContain("<Code>AWS.SimpleQueueService.EmptyBatchRequest</Code>");
});

test.each([
  ["ReceiveMessage", { Wait: "1" }, "does not support the parameter Wait"],
  ["ReceiveMessage", { AttributeName: "All" }, "does not support the parameter AttributeName"],
  ["ReceiveMessage", { "QueueUrl.1": "x" }, "The parameters QueueUrl and QueueUrl.1 conflict"],
  ["ReceiveMessage", { "Wait.1.x": "1" }, "does not support the parameter Wait.1"],
  ["ReceiveMessage", { WaitTimeSeconds: "soon" }, "WaitTimeSeconds must be an integer"],
  ["SendMessage", { "MessageAttribute.1.Name": "a" }, "has to have a key and a value"],
  ["SendMessage", { "MessageAttribute.x.Name": "a" }, "does not number an item"],
  ["AddPermission", {}, "does not support sqs:AddPermission."],
])("%s with %o is rejected by name", async (operation, parameters, message) => {
  const { status, body } = await call(operation, { QueueUrl, ...parameters });
  expect(status).toBe(400);
  expect(body).toContain(message);
});
