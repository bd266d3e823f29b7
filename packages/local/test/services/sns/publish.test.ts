/** What Publish and PublishBatch take, and that they answer each entry. */
import {
  PublishBatchCommand,
  PublishCommand,
  type MessageAttributeValue,
  type PublishBatchRequestEntry,
} from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callQuery } from "../../support/raw-calls.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { number, string } from "../sqs/attribute-values.ts";
import { topicWithQueue } from "./topic-with-queue.ts";

let aws: StartedCloud;
let topic: Awaited<ReturnType<typeof topicWithQueue>>;
beforeAll(async () => {
  aws = await startTestCloud();
  topic = await topicWithQueue(aws, "names", { RawMessageDelivery: "true" });
});
afterAll(() => aws.stop());

const publish = (input: object) =>
  aws.clients.sns.send(new PublishCommand({ TopicArn: topic.TopicArn, Message: "m", ...input }));
const publishBatch = (PublishBatchRequestEntries: PublishBatchRequestEntry[]) =>
  aws.clients.sns.send(
    new PublishBatchCommand({ TopicArn: topic.TopicArn, PublishBatchRequestEntries }),
  );

// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sns/test_sns.snapshot.json (test_empty_or_wrong_message_attributes, test_message_attributes_prefixes)
describe("a message attribute is rejected", () => {
  const wrong: [string, string, MessageAttributeValue, string][] = [
    [
      "of another type",
      "a",
      { DataType: "Foo", StringValue: "x" },
      "invalid message attribute type",
    ],
    [
      "of a type with a label without a dot",
      "a",
      { DataType: "Stringy", StringValue: "x" },
      "type",
    ],
    ["of a type with an empty label", "a", { DataType: "String.", StringValue: "x" }, "type"],
    [
      "of a type of 257 characters",
      "a",
      { DataType: `String.${"x".repeat(250)}`, StringValue: "x" },
      "type",
    ],
    ["that is no number", "a", { DataType: "Number", StringValue: "x" }, "to number"],
    ["that is a number with a space", "a", { DataType: "Number", StringValue: " 1" }, "to number"],
    ["that is a number of over a billion", "a", number("1000000001"), "to 1000000000"],
    ["that is a number with six decimal places", "a", number("1.000001"), "five digits"],
    ["that is infinite", "a", { DataType: "Number", StringValue: "Infinity" }, "to number"],
    [
      "that is a number in hexadecimal",
      "a",
      { DataType: "Number", StringValue: "0x1" },
      "to number",
    ],
    ["that is no JSON array", "a", { DataType: "String.Array", StringValue: "[" }, "array"],
    [
      "that is an array of objects",
      "a",
      { DataType: "String.Array", StringValue: "[{}]" },
      "array",
    ],
    ["that is empty", "a", string(""), "non-empty"],
    ["that has no value", "a", { DataType: "Binary" }, "non-empty"],
    [
      "with a text that says it is binary",
      "a",
      { DataType: "Binary", StringValue: "x" },
      "must use field 'Binary'",
    ],
    [
      "with bytes that say they are a text",
      "a",
      { DataType: "String", BinaryValue: new Uint8Array([1]) },
      "must use field 'String'",
    ],
    ["whose name has another character", "a^b", string("x"), "'#x5E'"],
    ["whose name starts with a dot", ".a", string("x"), "starting with character '.'"],
    ["whose name ends with a dot", "a.", string("x"), "ending with character '.'"],
    ["whose name has two dots", "a..b", string("x"), "successive '.'"],
    ["whose name is AWS's", "aWs.x", string("x"), "AWS."],
    ["whose name has 257 characters", "a".repeat(257), string("x"), "256"],
  ];
  test.each(wrong)("%s", async (_, name, value, message) => {
    const MessageAttributes = { [name]: value };
    const error = {
      name: "InvalidParameterValueException",
      message: expect.stringContaining(message),
    };
    await expect(publish({ MessageAttributes })).rejects.toMatchObject(error);
    await expect(
      publishBatch([{ Id: "1", Message: "m", MessageAttributes }]),
    ).rejects.toMatchObject(error);
    expect(await topic.next()).toBeUndefined();
  });

  test("without a type", async () => {
    const parameters = { Action: "Publish", TopicArn: topic.TopicArn, Message: "m" };
    const { status, body } = await callQuery(aws.endpoint, "sns", {
      ...parameters,
      "MessageAttributes.entry.1.Name": "a",
      "MessageAttributes.entry.1.Value.StringValue": "x",
    });
    expect(status).toBe(400);
    expect(body).toContain("DataType");
    expect(await topic.next()).toBeUndefined();
  });
});

test("every type of attribute arrives as it was, labels and all", async () => {
  const MessageAttributes: Record<string, MessageAttributeValue> = {
    text: { DataType: "String", StringValue: "Zoë 𐐷" },
    "with-label_1.x": { DataType: "String.label", StringValue: "x" },
    list: { DataType: "String.Array", StringValue: `["a",1,true,null]` },
    number: { DataType: "Number", StringValue: "-1.5e3" },
    bytes: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255]) },
  };
  await publish({ MessageAttributes });
  expect(await topic.next()).toMatchObject({ MessageAttributes });
});

// Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sns/test_sns.snapshot.json (test_publish_with_empty_subject)
describe("a subject", () => {
  test.each([
    ["of 101 characters", "x".repeat(101)],
    ["that is empty", ""],
    ["of two lines", "one\ntwo"],
    ["with a carriage return", "one\rtwo"],
    ["with U+2028", "one\u2028two"],
    ["with a control character", "one\u0007"],
    ["with a C1 control character", "one\u009b"],
  ])("%s is rejected", async (_, Subject) => {
    const error = { name: "InvalidParameterException", message: "Invalid parameter: Subject" };
    await expect(publish({ Subject })).rejects.toMatchObject(error);
    const entry = { Id: "1", Message: "m", Subject };
    await expect(publishBatch([entry])).rejects.toMatchObject(error);
    expect(await topic.next()).toBeUndefined();
  });

  test("of 100 characters is delivered", async () => {
    const wrapped = await topicWithQueue(aws, "subjects");
    const { TopicArn } = wrapped;
    const Subject = "Zoë".padEnd(100, "x");
    await aws.clients.sns.send(new PublishCommand({ TopicArn, Message: "m", Subject }));
    const message = await wrapped.next();
    expect(JSON.parse(message?.Body ?? "")).toMatchObject({ Subject });
  });
});

test("a message without text is rejected", async () => {
  const error = { name: "InvalidParameterException", message: "Invalid parameter: Empty message" };
  await expect(publish({ Message: "" })).rejects.toMatchObject(error);
  await expect(publish({ Message: undefined })).rejects.toThrow("Message");
});

const entry = (Id: string, Message = "m") => ({ Id, Message });

// Source: https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sns/test_sns.snapshot.json (test_publish_batch_exceptions, test_publish_batch_invalid_entry_id, test_publish_batch_too_long_message)
describe("a batch", () => {
  test.each<[string, PublishBatchRequestEntry[], string]>([
    ["without entries", [], "EmptyBatchRequest"],
    [
      "of 11 entries",
      Array.from({ length: 11 }, (_, n) => entry(String(n))),
      "TooManyEntriesInBatchRequest",
    ],
    ["with an id twice", [entry("1"), entry("1")], "BatchEntryIdsNotDistinct"],
    ["with an id that has a dot", [entry("a.b")], "InvalidBatchEntryId"],
    ["with an id of 81 characters", [entry("x".repeat(81))], "InvalidBatchEntryId"],
    ["with an empty id", [entry("")], "InvalidBatchEntryId"],
    [
      "of 256 KiB and one byte",
      [entry("1", "x".repeat(131_072)), entry("2", "x".repeat(131_073))],
      "BatchRequestTooLong",
    ],
    ["with an entry without text", [entry("1"), entry("2", "")], "InvalidParameter"],
  ])("%s is rejected, and nothing of it is published", async (_, entries, code) => {
    await expect(publishBatch(entries)).rejects.toMatchObject({
      name: expect.stringContaining(code),
    });
    expect(await topic.next()).toBeUndefined();
  });

  test("whose entry has nothing but an id, or not even that, is rejected", async () => {
    for (const lacking of [{ "1.Id": "a" }, { "1.Message": "m" }, { 1: "" }]) {
      const entries = Object.entries({ "2.Id": "b", "2.Message": "m", ...lacking });
      const { status } = await callQuery(aws.endpoint, "sns", {
        Action: "PublishBatch",
        TopicArn: topic.TopicArn,
        ...Object.fromEntries(
          entries.map(([key, value]) => [`PublishBatchRequestEntries.member.${key}`, value]),
        ),
      });
      expect(status).toBe(400);
      expect(await topic.next()).toBeUndefined();
    }
  });

  test("of ten entries is published, each with an id of its own", async () => {
    const ids = Array.from({ length: 10 }, (_, n) => `id-${n}`);
    const { Successful, Failed } = await publishBatch(ids.map((id) => entry(id, id)));
    expect(Successful?.map(({ Id }) => Id)).toEqual(ids);
    expect(new Set(Successful?.map(({ MessageId }) => MessageId)).size).toBe(10);
    expect(Failed).toEqual([]);
    for (const id of ids) expect(await topic.next()).toMatchObject({ Body: id });
  });
});

test.each([
  ["MessageStructure", { MessageStructure: "json", Message: `{"default":"m"}` }],
  ["MessageDeduplicationId", { MessageDeduplicationId: "1" }],
])("%s is rejected by name, in a batch too", async (name, input) => {
  await expect(publish(input)).rejects.toThrow(name);
  await expect(publishBatch([{ Id: "1", Message: "m", ...input }])).rejects.toThrow(name);
});

test("a parameter that SNS does not have is rejected by name", async () => {
  const { status, body } = await callQuery(aws.endpoint, "sns", {
    Action: "Publish",
    TopicArn: topic.TopicArn,
    Message: "m",
    Urgent: "yes",
  });
  expect([status, body]).toEqual([400, expect.stringContaining("Urgent")]);
});
