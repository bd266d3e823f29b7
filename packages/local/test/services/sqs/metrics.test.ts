/**
 * The metrics of queues.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
import { beforeEach, expect, test } from "vitest";
import { setUpQueues } from "./queues-harness.ts";

const { advance, bodies, measurements, nextReceipt, passMinute, queues, receive, send } =
  setUpQueues();

let arn: string;
beforeEach(() => {
  arn = queues().create("work").arn;
});

const lines = (...names: string[]) => measurements().lines(...names);
const visible = "ApproximateNumberOfMessagesVisible";
const age = "ApproximateAgeOfOldestMessage";
const counts = [
  "NumberOfMessagesSent",
  "NumberOfMessagesReceived",
  "NumberOfMessagesDeleted",
  "NumberOfEmptyReceives",
];

test("a queue in which nothing happens publishes zeros, and no size, age or messages in flight", () => {
  passMinute();
  expect(lines()).toEqual([
    "NumberOfMessagesSent 0 Count QueueName=work",
    "NumberOfMessagesReceived 0 Count QueueName=work",
    "NumberOfMessagesDeleted 0 Count QueueName=work",
    "NumberOfEmptyReceives 0 Count QueueName=work",
    "ApproximateNumberOfMessagesVisible 0 Count QueueName=work",
  ]);
  expect(new Set(measurements().all.map(({ namespace }) => namespace))).toEqual(
    new Set(["AWS/SQS"]),
  );
});

test("what happens in a minute is counted in it, at its start", async () => {
  send(arn, "four");
  send(arn, "fifth", { attributes: { a: { DataType: "String", StringValue: "b" } } });
  const receipt = await nextReceipt(arn);
  queues().get(arn).deleteMessage(receipt);
  queues().get(arn).deleteMessage(receipt);
  await bodies(arn);
  await bodies(arn);
  passMinute();
  expect(lines(...counts)).toEqual([
    "NumberOfMessagesSent 2 Count QueueName=work",
    "NumberOfMessagesReceived 2 Count QueueName=work",
    "NumberOfMessagesDeleted 2 Count QueueName=work",
    "NumberOfEmptyReceives 1 Count QueueName=work",
  ]);
  expect(lines("SentMessageSize")).toEqual([
    "SentMessageSize 4 Bytes QueueName=work",
    "SentMessageSize 13 Bytes QueueName=work",
  ]);
  expect(measurements().all.at(-1)?.timestamp).toBe(Date.UTC(2026, 0, 1));
  passMinute();
  expect(lines("NumberOfMessagesSent").at(-1)).toBe("NumberOfMessagesSent 0 Count QueueName=work");
});

test("the depths are those at the end of the minute", async () => {
  for (const body of ["in flight", "waiting"]) send(arn, body);
  send(arn, "later", { delay: 900 });
  await receive(arn, { visibilityTimeout: 300 });
  passMinute();
  expect(lines().slice(-4)).toEqual([
    "ApproximateNumberOfMessagesVisible 1 Count QueueName=work",
    "ApproximateNumberOfMessagesNotVisible 1 Count QueueName=work",
    "ApproximateNumberOfMessagesDelayed 1 Count QueueName=work",
    "ApproximateAgeOfOldestMessage 60 Seconds QueueName=work",
  ]);
});

test("the age is that of the oldest message that was not received three times", async () => {
  send(arn, "poison");
  for (let received = 0; received < 3; received += 1) await receive(arn, { visibilityTimeout: 0 });
  advance(10);
  send(arn, "waiting");
  passMinute();
  expect(lines(age)).toEqual(["ApproximateAgeOfOldestMessage 60 Seconds QueueName=work"]);
});

test("a redriven message is not sent, and its age begins in the dead-letter queue", async () => {
  const dead = queues().create("dead");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 });
  queues().setAttributes(arn, { RedrivePolicy });
  send(arn, "poison");
  for (let received = 0; received < 3; received += 1) await receive(arn, { visibilityTimeout: 0 });
  passMinute();
  passMinute();
  expect(lines("NumberOfMessagesSent", visible, age).filter((line) => /dead/.test(line))).toEqual([
    "NumberOfMessagesSent 0 Count QueueName=dead",
    "ApproximateNumberOfMessagesVisible 1 Count QueueName=dead",
    "ApproximateAgeOfOldestMessage 0 Seconds QueueName=dead",
    "NumberOfMessagesSent 0 Count QueueName=dead",
    "ApproximateNumberOfMessagesVisible 1 Count QueueName=dead",
    "ApproximateAgeOfOldestMessage 60 Seconds QueueName=dead",
  ]);
});

const sixHours = 360;
const passSixHours = () => {
  for (let minute = 0; minute < sixHours; minute += 1) passMinute();
};

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-monitoring-using-cloudwatch.html
test("a queue that was not used for six hours publishes nothing until it is used again", () => {
  passSixHours();
  passMinute();
  expect(lines(visible)).toHaveLength(sixHours);
  queues().get(arn);
  passMinute();
  expect(lines(visible)).toHaveLength(sixHours + 1);
});

test("a queue with messages is active", () => {
  send(arn, "left");
  passSixHours();
  passMinute();
  expect(lines(visible)).toHaveLength(sixHours + 1);
});
