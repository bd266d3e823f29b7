/** Which topic addresses, and which correlation ids, the domain believes. */
import { correlationIdSchema, topicArnSchema } from "@secure-lambda/core";
import { expect, test } from "vitest";

test.each([
  "arn:aws:sns:us-east-1:123456789012:greetings",
  "arn:aws-cn:sns:cn-north-1:123456789012:greetings",
  "arn:aws-us-gov:sns:us-gov-west-1:123456789012:Greetings_2",
])("%s is a topic's address", (arn) => {
  expect(topicArnSchema.parse(arn)).toBe(arn);
});

test.each([
  ["nothing", ""],
  ["another service", "arn:aws:sqs:us-east-1:123456789012:greetings"],
  ["another partition", "arn:aws-x:sns:us-east-1:123456789012:greetings"],
  ["a subscription", "arn:aws:sns:us-east-1:123456789012:greetings:5f0d-11"],
  ["a FIFO topic", "arn:aws:sns:us-east-1:123456789012:greetings.fifo"],
  ["an account of 11 digits", "arn:aws:sns:us-east-1:12345678901:greetings"],
  ["a wildcard", "arn:aws:sns:us-east-1:123456789012:*"],
  ["a line feed at the end", "arn:aws:sns:us-east-1:123456789012:greetings\n"],
  ["a URL", "https://sns.us-east-1.amazonaws.com/"],
])("an address that is or has %s is refused", (_, arn) => {
  expect(topicArnSchema.safeParse(arn).success).toBe(false);
});

test.each(["11111111-2222-4333-8444-555555555555", "a", "A_b-9", "x".repeat(128)])(
  "%s is a correlation id",
  (id) => {
    expect(correlationIdSchema.parse(id)).toBe(id);
  },
);

test.each(["", "a b", "a\n", "x".repeat(129), 'id","level":"ERROR', "é"])(
  "%j is no correlation id",
  (id) => {
    expect(correlationIdSchema.safeParse(id).success).toBe(false);
  },
);
