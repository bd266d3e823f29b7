/** What SendMessage and SendMessageBatch take, and that they answer each entry. */
import type { SendMessageBatchRequestEntry } from "@aws-sdk/client-sqs";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { setUpQueue } from "./queue-client.ts";

const { cloud, next, send, sendBatch } = setUpQueue();
const small = () => cloud().queues.create("small", { MaximumMessageSize: "1024" });
const md5 = (bytes: Buffer | string) => createHash("md5").update(bytes).digest("hex");

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
describe("the characters of a message", () => {
  test.each([
    "Zoë",
    "😀👩‍💻",
    "𠮷野家",
    "\u{10000}\u{10ffff}",
    "\t\n\r ",
    "\ud7ff\ue000\ufffd",
    "\u007f\u0085\u2028",
  ])("%j arrive as they were", async (MessageBody) => {
    const MessageAttributes = { text: { DataType: "String", StringValue: MessageBody } };
    const sent = await send({ MessageBody, MessageAttributes });
    expect(sent.MD5OfMessageBody).toBe(md5(MessageBody));
    const received = await next();
    expect(received).toMatchObject({ Body: MessageBody, MD5OfBody: md5(MessageBody) });
    expect(received).toMatchObject({ MessageAttributes });
    expect(received?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
  });

  test.each([
    "\u0000",
    "a\u0001",
    "\u000b",
    "\u001f",
    "\ufffe",
    "\uffff",
    "\ud800",
    "a\udfff",
    "\udc00\ud800",
  ])("%j are rejected", async (MessageBody) => {
    await expect(send({ MessageBody })).rejects.toMatchObject({
      name: "InvalidMessageContents",
      message: expect.stringContaining("#x10000 to #x10FFFF"),
    });
    const batch = await sendBatch([
      { Id: "bad", MessageBody },
      { Id: "good", MessageBody: "m" },
    ]);
    expect(batch.Failed).toMatchObject([
      { Id: "bad", Code: "InvalidMessageContents", SenderFault: true },
    ]);
    expect(batch.Successful).toMatchObject([{ Id: "good" }]);
    expect(await next()).toMatchObject({ Body: "m" });
    const MessageAttributes = { a: { DataType: "String", StringValue: MessageBody } };
    await expect(send({ MessageAttributes })).rejects.toMatchObject({
      name: "InvalidParameterValue",
    });
  });
});

describe("a message is rejected", () => {
  test.each([
    ["without text", { MessageBody: "" }, "MissingParameter"],
    ["without a body", { MessageBody: undefined }, "MissingParameter"],
    ["with a negative delay", { DelaySeconds: -1 }, "InvalidParameterValue"],
    ["with a delay of over 15 minutes", { DelaySeconds: 901 }, "InvalidParameterValue"],
    ["with a delay that is no integer", { DelaySeconds: 0.5 }, "InvalidParameterValue"],
    [
      "with a group of 129 characters",
      { MessageGroupId: "x".repeat(129) },
      "InvalidParameterValue",
    ],
    ["with a group that has a space", { MessageGroupId: "a b" }, "InvalidParameterValue"],
    ["with an empty group", { MessageGroupId: "" }, "InvalidParameterValue"],
    [
      "with a deduplication id, which is for FIFO queues",
      { MessageDeduplicationId: "1" },
      "InvalidParameterValue",
    ],
    // Source: https://docs.aws.amazon.com/xray/latest/devguide/xray-services-sqs.html
    [
      "with system attributes",
      {
        MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: "Root=1" } },
      },
      "InvalidParameterValue",
    ],
  ])("%s", async (_, input, name) => {
    await expect(send(input)).rejects.toMatchObject({ name });
    expect(await next()).toBeUndefined();
  });

  // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sqs/test_sqs.snapshot.json (test_send_oversized_message, test_send_message_with_updated_maximum_message_size)
  test("that is longer than the queue allows, in bytes, its attributes counted", async () => {
    const tooLong = "Reason: Message must be shorter than 1024 bytes.";
    await expect(send({ MessageBody: "ë".repeat(513) }, small().url)).rejects.toThrow(tooLong);
    const MessageAttributes = { a: { DataType: "Binary", BinaryValue: new Uint8Array(9) } };
    // 1 for the name, 6 for the type, 9 for the value.
    const MessageBody = "x".repeat(1024 - 16);
    await expect(
      send({ MessageBody: `${MessageBody}x`, MessageAttributes }, small().url),
    ).rejects.toThrow(tooLong);
    await expect(send({ MessageBody, MessageAttributes }, small().url)).resolves.toBeDefined();
    await expect(send({ MessageBody: "x".repeat(1_048_577) })).rejects.toThrow("1048576 bytes");
    await next(small().url);
  });
});

test("a group that a standard queue's message has is returned with it", async () => {
  await send({ MessageGroupId: "tenant-1!" });
  expect(await next()).toMatchObject({ Attributes: { MessageGroupId: "tenant-1!" } });
});

const entry = (Id: string, MessageBody = "m") => ({ Id, MessageBody });

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sqs/test_sqs.snapshot.json (test_send_message_batch_with_oversized_contents, test_too_many_entries_in_batch_request, test_invalid_batch_id)
describe("a batch", () => {
  test.each<[string, SendMessageBatchRequestEntry[], string]>([
    ["without entries", [], "EmptyBatchRequest"],
    [
      "of 11 entries",
      Array.from({ length: 11 }, (_, n) => entry(String(n))),
      "TooManyEntriesInBatchRequest",
    ],
    ["with an id twice", [entry("1"), entry("1")], "BatchEntryIdsNotDistinct"],
    ["with an id that has a colon", [entry("a:b")], "InvalidBatchEntryId"],
    ["with an id of 81 characters", [entry("x".repeat(81))], "InvalidBatchEntryId"],
    ["with an id that ends in a line feed", [entry("x\n")], "InvalidBatchEntryId"],
    ["with an empty id", [entry("")], "InvalidBatchEntryId"],
    [
      "of 1 MiB and one byte",
      [entry("1", "x".repeat(524_288)), entry("2", "x".repeat(524_289))],
      "BatchRequestTooLong",
    ],
  ])("%s is rejected, and nothing of it is sent", async (_, entries, name) => {
    await expect(sendBatch(entries)).rejects.toMatchObject({ name });
    expect(await next()).toBeUndefined();
  });

  test("answers every entry, the ones that fail with their reason", async () => {
    const { Successful, Failed } = await sendBatch(
      [
        entry("good"),
        entry("empty", ""),
        entry("long", "x".repeat(1025)),
        { ...entry("late"), DelaySeconds: 901 },
        { ...entry("typed"), MessageAttributes: { a: { DataType: "Foo", StringValue: "x" } } },
      ],
      small().url,
    );
    expect(Successful).toMatchObject([{ Id: "good", MD5OfMessageBody: md5("m") }]);
    expect(Failed).toMatchObject([
      { Id: "empty", SenderFault: true, Code: "MissingParameter" },
      { Id: "long", SenderFault: true, Code: "InvalidParameterValue" },
      { Id: "late", SenderFault: true, Code: "InvalidParameterValue" },
      { Id: "typed", SenderFault: true, Code: "InvalidParameterValue" },
    ]);
    expect(await next(small().url)).toMatchObject({ Body: "m" });
    expect(await next(small().url)).toBeUndefined();
  });
});
