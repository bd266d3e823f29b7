/** The metrics of topics. Source: https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html */
import { expect, test } from "vitest";
import { AwsError } from "../../../../src/aws-protocol/errors.ts";
import { FUNCTION, DEAD, GONE, OTHER, redriveTo, setUpDelivery } from "./delivery-harness.ts";

const { allowed, failWith, measurements, publish, subscribe, topics } = setUpDelivery();

const lines = () => measurements().lines();
const published = (bytes: number) => [
  "NumberOfMessagesPublished 1 Count TopicName=names",
  `PublishSize ${bytes} Bytes TopicName=names`,
];
const notifications = (...names: string[]) =>
  names.map((name) => `NumberOfNotifications${name} 1 Count TopicName=names`);

test("a message without subscribers is published, and nothing else", () => {
  publish("Ada", { attributes: { a: { DataType: "String", StringValue: "b" } } });
  expect(lines()).toEqual(published(11));
  expect(measurements().all[0]?.namespace).toBe("AWS/SNS");
});

test("a message is delivered to each of its subscribers, also by mail", () => {
  subscribe();
  subscribe({}, { protocol: "sqs", endpoint: OTHER });
  subscribe({}, { protocol: "email", endpoint: "pending@example.com" });
  publish("Ada");
  expect(lines()).toEqual([...published(3), ...notifications("Delivered", "Delivered")]);
});

test.each([
  [
    "MessageAttributes",
    { attributes: { kind: { DataType: "String", StringValue: "b" } } },
    "MessageAttributes",
  ],
  ["MessageAttributes", {}, "NoMessageAttributes"],
  ["MessageBody", { message: '{"kind":"b"}' }, "MessageBody"],
  ["MessageBody", { message: "Ada" }, "InvalidMessageBody"],
])("a message that a policy on %s rejects is filtered out: %j", (FilterPolicyScope, of, reason) => {
  subscribe({ FilterPolicyScope, FilterPolicy: '{"kind":["a"]}' });
  publish("Ada", of);
  expect(lines().slice(2)).toEqual(notifications("FilteredOut", `FilteredOut-${reason}`));
});

test("a message that cannot be delivered has failed once, and is not redriven without a policy", () => {
  allowed.clear();
  subscribe();
  publish("Ada");
  expect(lines().slice(2)).toEqual(notifications("Failed"));
});

test.each([
  ["redriven", DEAD, "RedrivenToDlq"],
  ["lost", GONE, "FailedToRedriveToDlq"],
])("a message that failed is %s by a redrive policy to %s", (_, queueArn, name) => {
  allowed.clear();
  subscribe({ RedrivePolicy: redriveTo(queueArn) });
  publish("Ada");
  expect(lines().slice(2)).toEqual(notifications("Failed", name));
});

test("a message that is tried again has not failed", async () => {
  failWith(new AwsError("ServiceException", "try again", 500), 1);
  subscribe();
  publish("Ada");
  expect(lines()).toEqual(published(3));
  await expect.poll(lines).toEqual([...published(3), ...notifications("Delivered")]);
});

test("what is not published is not counted", () => {
  topics().subscribe({
    topicArn: "arn:aws:sns:us-east-1:000000000000:names",
    protocol: "lambda",
    endpoint: FUNCTION,
  });
  expect(() => publish("")).toThrow("Empty message");
  expect(lines()).toEqual([]);
});
