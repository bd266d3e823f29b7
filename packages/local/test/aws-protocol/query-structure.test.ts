/** Structures, lists and maps in the parameters of SNS and SQS: what is none is rejected. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callJson, callQuery } from "../support/raw-calls.ts";
import { startTestCloud, type StartedCloud } from "../support/test-cloud.ts";

let aws: StartedCloud;
let TopicArn: string;
let QueueUrl: string;
beforeAll(async () => {
  aws = await startTestCloud();
  TopicArn = aws.topics.create("names").arn;
  QueueUrl = aws.queues.create("names").url;
});
afterAll(() => aws.stop());

const attribute = (n: number | string, name: string) => ({
  [`MessageAttributes.entry.${n}.Name`]: name,
  [`MessageAttributes.entry.${n}.Value.DataType`]: "String",
  [`MessageAttributes.entry.${n}.Value.StringValue`]: "x",
});
const publish = (parameters: Record<string, string>) =>
  callQuery(aws.endpoint, "sns", { Action: "Publish", TopicArn, Message: "m", ...parameters });
const sendMessage = (parameters: Record<string, string>) =>
  callQuery(aws.endpoint, "sqs", {
    Action: "SendMessage",
    QueueUrl,
    MessageBody: "m",
    ...parameters,
  });
const flat = (parameters: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name.replace("MessageAttributes.entry.", "MessageAttribute."),
      value,
    ]),
  );

const queue = () => aws.queues.get("arn:aws:sqs:us-east-1:000000000000:names");

test("items may be numbered with gaps, and in any order", async () => {
  const attributes = { ...attribute(7, "seventh"), ...attribute(2, "second") };
  expect(await publish(attributes)).toMatchObject({ status: 200 });
  expect(await sendMessage(flat(attributes))).toMatchObject({ status: 200 });
});

describe("attributes are rejected", () => {
  beforeEach(() => queue().purge());
  const { "MessageAttributes.entry.1.Name": _name, ...withoutName } = attribute(1, "a");
  test.each<[string, Record<string, string>]>([
    ["numbered x", attribute("x", "a")],
    ["numbered 0", attribute(0, "a")],
    ["numbered 01", attribute("01", "a")],
    ["numbered -1", attribute(-1, "a")],
    ["numbered twice", { ...attribute(1, "a"), "MessageAttributes.entry.1": "x" }],
    ["without a name", withoutName],
    ["without a value", { "MessageAttributes.entry.1.Name": "a" }],
    ["with a third part", { ...attribute(1, "a"), "MessageAttributes.entry.1.Other": "x" }],
    ["with two of a name", { ...attribute(1, "a"), ...attribute(2, "a") }],
    ["that are a text", { "MessageAttributes.entry": "x" }],
    ["named __proto__", attribute(1, "__proto__")],
    ["of very many parts", { [`MessageAttributes.entry.1${".Value".repeat(5000)}`]: "x" }],
    [
      "with a value that has another member",
      {
        ...attribute(1, "a"),
        "MessageAttributes.entry.1.Value.StringListValue": "x",
      },
    ],
  ])("%s", async (_, parameters) => {
    for (const { status, body } of [
      await publish(parameters),
      await sendMessage(flat(parameters)),
    ]) {
      expect(status).toBe(400);
      expect(body).toContain("<Error>");
    }
    expect(queue().describe()).toMatchObject({ ApproximateNumberOfMessages: "0" });
  });
});

test.each(["__proto__", "constructor", "toString", "Message.member.1", "", ".", "Message."])(
  "there is no parameter %j",
  async (name) => {
    expect(await publish({ [name]: "x" })).toMatchObject({ status: 400 });
    expect(await sendMessage({ [name]: "x" })).toMatchObject({ status: 400 });
  },
);

test("an attribute that is named like a member of objects arrives", async () => {
  expect(await publish(attribute(1, "constructor"))).toMatchObject({ status: 200 });
});

// Own JSON text: in an object literal, the key would set the prototype.
test("in JSON, a member named __proto__ is rejected by name, wherever it is", async () => {
  const value = { DataType: "String", StringValue: "x" };
  for (const input of [
    { MessageAttributes: { ["__proto__"]: value } },
    { MessageAttributes: { a: { ...value, ["__proto__"]: "x" } } },
    { ["__proto__"]: {} },
  ]) {
    const message = { QueueUrl, MessageBody: "m", ...input };
    const { status, body } = await callJson(aws.endpoint, "sqs", "AmazonSQS.SendMessage", message);
    expect([status, body]).toEqual([400, expect.stringContaining("__proto__")]);
  }
});
