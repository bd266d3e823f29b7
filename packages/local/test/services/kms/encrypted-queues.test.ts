/**
 * Queues with a key.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
import {
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import type { Principal } from "../../../src/services/iam/principal.ts";
import { callQuery } from "../../support/raw-calls.ts";
import { roleOfName, root } from "../iam/policies-in-force.ts";
import { allow, role, service, setUpKeys, writeAndRead } from "./keys-in-use.ts";

const { cloud, createKeyWith, operator } = setUpKeys();

const signal = AbortSignal.timeout(60_000);
const [sender, reader] = [role("Sender"), role("Reader")];
const users = [
  allow({ AWS: roleOfName("Sender") }, writeAndRead),
  allow({ AWS: roleOfName("Reader") }, "kms:Decrypt"),
];

/** A queue whose key has these statements. */
function createQueue(statements: readonly object[] = users, attributes = {}) {
  const { arn: KmsMasterKeyId, ...key } = createKeyWith(...statements);
  return { ...key, ...cloud().queues.create("work", { KmsMasterKeyId, ...attributes }) };
}

const send = (arn: string, principal: Principal, body = "one") =>
  cloud().queues.send(arn, { body, attributes: {} }, principal);
const receive = async (arn: string, principal: Principal) =>
  (await cloud().queues.get(arn).receive({ reader: principal, most: 10 }, signal)).map(
    ({ body }) => body,
  );
const denied = expect.objectContaining({ code: "KmsAccessDenied", status: 400 });

it("are written by who may make a data key and decrypt it, and read by who may decrypt", async () => {
  const { arn } = createQueue();
  expect(JSON.stringify(send(arn, sender))).not.toContain('"one"');
  expect(() => send(arn, reader)).toThrow(denied);
  await expect(receive(arn, reader)).resolves.toEqual(["one"]);
});

it.each(writeAndRead)("are not written without %s", (left) => {
  const others = writeAndRead.filter((action) => action !== left);
  const { arn } = createQueue([allow({ AWS: roleOfName("Sender") }, others)]);
  expect(() => send(arn, sender)).toThrow(denied);
});

it("are used through SQS, with the queue's ARN as the context", async () => {
  const arn = "arn:aws:sqs:us-east-1:000000000000:work";
  const given = {
    "kms:ViaService": "sqs.us-east-1.amazonaws.com",
    "kms:EncryptionContext:aws:sqs:arn": arn,
  };
  createQueue([
    allow({ AWS: roleOfName("Sender") }, writeAndRead, { Condition: { StringEquals: given } }),
  ]);
  send(arn, sender);
  await expect(receive(arn, sender)).resolves.toEqual(["one"]);
});

it("keep a message that a reader cannot decrypt, which does not count as received", async () => {
  const { arn } = createQueue();
  send(arn, sender);
  await expect(receive(arn, role("Other"))).rejects.toEqual(denied);
  const [message] = await cloud().queues.get(arn).receive({ reader, most: 1 }, signal);
  expect(message).toMatchObject({ body: "one", receiveCount: 1 });
});

it("use a data key again for a principal until the reuse period is over", async () => {
  const { arn, change } = createQueue(users, {
    KmsDataKeyReusePeriodSeconds: "60",
    VisibilityTimeout: "0",
  });
  send(arn, sender);
  await receive(arn, reader);
  change();
  cloud().advance(59_000);
  send(arn, sender, "two");
  await expect(receive(arn, reader)).resolves.toEqual(["one", "two"]);
  expect(() => send(arn, role("Other"))).toThrow(denied);

  cloud().advance(1000);
  expect(() => send(arn, sender)).toThrow(denied);
  await expect(receive(arn, reader)).rejects.toEqual(denied);
});

it("are neither written nor read while the key is disabled or goes", async () => {
  const { arn, id } = createQueue(users, { VisibilityTimeout: "0" });
  send(arn, sender);
  const { keys } = cloud().kms;
  const fails = async (code: string) => {
    cloud().advance(300_000);
    expect(() => send(arn, sender)).toThrow(expect.objectContaining({ code }));
    await expect(receive(arn, reader)).rejects.toMatchObject({ code });
  };
  keys.setEnabled(id, false);
  await fails("KmsDisabled");
  keys.scheduleDeletion(id, 7);
  await fails("KmsInvalidState");
  cloud().advance(8 * 24 * 60 * 60 * 1000);
  expect(() => send(arn, sender)).toThrow(expect.objectContaining({ code: "KmsNotFound" }));
});

it("have the codes of each protocol", async () => {
  const { url } = createQueue();
  const { sqs } = cloud().clients;
  const one = new SendMessageCommand({ QueueUrl: url, MessageBody: "one" });
  await expect(sqs.send(one)).rejects.toMatchObject({
    name: "KmsAccessDenied",
    message: expect.stringContaining("is not authorized to perform: kms:GenerateDataKey"),
  });
  const Entries = [{ Id: "1", MessageBody: "one" }];
  const batch = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
  expect(batch.Failed).toMatchObject([{ Id: "1", Code: "KMS.AccessDeniedException" }]);
  const form = { Action: "SendMessage", QueueUrl: url, MessageBody: "one" };
  const { body } = await callQuery(cloud().endpoint, "sqs", form);
  expect(body).toContain("<Code>KMS.AccessDeniedException</Code>");
});

it("keep each message as the queue was when it was sent", async () => {
  const { arn, url } = createQueue([allow({ AWS: root }, writeAndRead)]);
  const { sqs } = cloud().clients;
  await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "encrypted" }));
  cloud().queues.setAttributes(arn, { KmsMasterKeyId: "" });
  send(arn, role("Other"), "plain");
  await expect(receive(arn, role("Other"))).rejects.toEqual(denied);
  const all = new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 });
  expect((await sqs.send(all)).Messages?.map(({ Body }) => Body)).toEqual(["encrypted", "plain"]);
});

it("move a message to a dead-letter queue as it is: its reader needs the first queue's key", async () => {
  const { arn: deadLetterTargetArn } = cloud().queues.create("dead");
  const { arn } = createQueue(users, {
    VisibilityTimeout: "0",
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 }),
  });
  send(arn, sender);
  await receive(arn, reader);
  await expect(receive(arn, reader)).resolves.toEqual([]);
  await expect(receive(deadLetterTargetArn, role("Other"))).rejects.toEqual(denied);
  await expect(receive(deadLetterTargetArn, reader)).resolves.toEqual(["one"]);
});

it("with SQS's own key are used by every principal of the account, and by no other service", async () => {
  const { arn } = cloud().queues.create("work", { KmsMasterKeyId: "alias/aws/sqs" });
  send(arn, sender);
  send(arn, operator, "two");
  const sns = service("sns.amazonaws.com", "arn:aws:sns:us-east-1:000000000000:names");
  expect(() => send(arn, sns)).toThrow(denied);
  await expect(receive(arn, reader)).resolves.toEqual(["one", "two"]);
});
