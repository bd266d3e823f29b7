/**
 * Topics with a key, and deliveries to queues with one.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
import { PublishBatchCommand, PublishCommand } from "@aws-sdk/client-sns";
import { expect, it } from "vitest";
import type { Principal } from "../../../src/services/iam/principal.ts";
import { policy, roleOfName, root } from "../iam/policies-in-force.ts";
import { allow, role, service, setUpKeys, writeAndRead } from "./keys-in-use.ts";

const { cloud, createKeyWith, operator } = setUpKeys();

const topicArn = "arn:aws:sns:us-east-1:000000000000:names";
const failures = "sns/us-east-1/000000000000/names/Failure";
const publisher = role("Publisher");
const byPublisher = allow({ AWS: roleOfName("Publisher") }, writeAndRead);

/** A topic whose key has these statements; the key's id. */
function createTopic(...statements: readonly object[]): string {
  const { id, arn } = createKeyWith(...statements);
  cloud().topics.create("names", { KmsMasterKeyId: arn });
  return id;
}

const publish = (principal: Principal) =>
  cloud().topics.publish(topicArn, { message: "Ada", attributes: {} }, principal);
const failing = (code: string) => expect.objectContaining({ code, status: 400 });

it("take messages of who may make a data key and decrypt it", () => {
  createTopic(byPublisher);
  publish(publisher);
  expect(() => publish(role("Other"))).toThrow(failing("KMSAccessDenied"));
});

it.each(writeAndRead)("take none without %s", (left) => {
  const others = writeAndRead.filter((action) => action !== left);
  createTopic(allow({ AWS: roleOfName("Publisher") }, others));
  expect(() => publish(publisher)).toThrow(failing("KMSAccessDenied"));
});

it("use the key through SNS, with the topic's ARN as the context", () => {
  const given = {
    "kms:ViaService": "sns.us-east-1.amazonaws.com",
    "kms:EncryptionContext:aws:sns:topicArn": topicArn,
  };
  createTopic(
    allow({ AWS: roleOfName("Publisher") }, writeAndRead, { Condition: { StringEquals: given } }),
  );
  expect(() => publish(publisher)).not.toThrow();
});

it("take messages of services that the key's policy names", () => {
  const alarm = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors";
  const named = { Service: "cloudwatch.amazonaws.com" };
  createTopic(allow(named, writeAndRead, { Condition: { ArnEquals: { "aws:SourceArn": alarm } } }));
  publish(service("cloudwatch.amazonaws.com", alarm));
  expect(() => publish(service("cloudwatch.amazonaws.com", `${alarm}2`))).toThrow(
    failing("KMSAccessDenied"),
  );
});

it("use a data key again for five minutes", () => {
  const id = createTopic(byPublisher);
  publish(publisher);
  cloud().kms.keys.setEnabled(id, false);
  cloud().advance(299_000);
  publish(publisher);
  cloud().advance(1000);
  expect(() => publish(publisher)).toThrow(failing("KMSDisabled"));
  cloud().kms.keys.scheduleDeletion(id, 7);
  expect(() => publish(publisher)).toThrow(failing("KMSInvalidState"));
  cloud().advance(8 * 24 * 60 * 60 * 1000);
  expect(() => publish(publisher)).toThrow(failing("KMSNotFound"));
});

it("answer clients with SNS's errors, a batch as a whole", async () => {
  createTopic(byPublisher);
  const { sns } = cloud().clients;
  const rejected = { name: "KMSAccessDeniedException" };
  const one = new PublishCommand({ TopicArn: topicArn, Message: "Ada" });
  await expect(sns.send(one)).rejects.toMatchObject(rejected);
  const PublishBatchRequestEntries = [{ Id: "1", Message: "Ada" }];
  const batch = new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries });
  await expect(sns.send(batch)).rejects.toMatchObject(rejected);
});

/** A topic whose messages go to a queue with a key, or else to a dead-letter queue without. */
function deliverTo(statements: readonly object[]) {
  const { arn: KmsMasterKeyId } = createKeyWith(...statements);
  const Policy = policy(allow({ Service: "sns.amazonaws.com" }, "sqs:SendMessage"));
  const { arn: endpoint } = cloud().queues.create("work", { KmsMasterKeyId, Policy });
  const { arn: deadLetterTargetArn } = cloud().queues.create("dead", { Policy });
  cloud().topics.create("names");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn });
  cloud().topics.subscribe({
    topicArn,
    protocol: "sqs",
    endpoint,
    attributes: { RedrivePolicy },
  });
  publish(operator);
  const waiting = (arn: string) =>
    cloud().queues.get(arn).describe()["ApproximateNumberOfMessages"];
  return { work: waiting(endpoint), dead: waiting(deadLetterTargetArn) };
}

const bySns = { Service: "sns.amazonaws.com" };

it("deliver to a queue with a key as SNS, for the topic", () => {
  const Condition = { ArnEquals: { "aws:SourceArn": topicArn } };
  expect(deliverTo([allow(bySns, writeAndRead, { Condition })])).toEqual({ work: "1", dead: "0" });
});

it("deliver nothing to a queue whose key SNS may not use: it is a dead letter", () => {
  const statements = [allow({ AWS: root }, writeAndRead), allow(bySns, "kms:Decrypt")];
  expect(deliverTo(statements)).toEqual({ work: "0", dead: "1" });
  const [line] = cloud().logs.read(failures);
  expect(line?.message).toContain(
    "sns.amazonaws.com is not authorized to perform: kms:GenerateDataKey",
  );
});
