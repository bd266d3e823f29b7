/** The attributes of messages, and their digest. */
import { ReceiveMessageCommand, type MessageAttributeValue } from "@aws-sdk/client-sqs";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { number, string } from "./attribute-values.ts";
import { setUpQueue } from "./queue-client.ts";

const { cloud, next, queueUrl, send, sendBatch } = setUpQueue();
const md5 = (bytes: Buffer | string) => createHash("md5").update(bytes).digest("hex");

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
describe("a message attribute is rejected", () => {
  const wrong: [string, string, MessageAttributeValue][] = [
    ["of another type", "a", { DataType: "Foo", StringValue: "x" }],
    ["without a type", "a", { DataType: undefined, StringValue: "x" }],
    ["of a type with a label without a dot", "a", { DataType: "Stringy", StringValue: "x" }],
    [
      "of a type of 257 characters",
      "a",
      { DataType: `String.${"x".repeat(250)}`, StringValue: "x" },
    ],
    ["that is no number", "a", number("x")],
    ["that is infinite", "a", number("Infinity")],
    ["that is a number in hexadecimal", "a", number("0x1")],
    ["that is a number of 39 digits", "a", number("1".repeat(39))],
    ["that is a number above 10^126", "a", number("1e127")],
    ["that is a number below 10^-128", "a", number("1e-129")],
    ["that is empty", "a", string("")],
    ["that has no value", "a", { DataType: "Binary" }],
    ["with a text that says it is binary", "a", { DataType: "Binary", StringValue: "x" }],
    [
      "with bytes that say they are a text",
      "a",
      { DataType: "String", BinaryValue: new Uint8Array([1]) },
    ],
    ["with lists, which are reserved", "a", { ...string("x"), StringListValues: ["x"] }],
    ["whose name has another character", "a^b", string("x")],
    ["whose name is empty", "", string("x")],
    ["whose name starts with a dot", ".a", string("x")],
    ["whose name ends with a dot", "a.", string("x")],
    ["whose name has two dots", "a..b", string("x")],
    ["whose name is AWS's", "AWS.x", string("x")],
    ["whose name is Amazon's", "amazon.x", string("x")],
    ["whose name has 257 characters", "a".repeat(257), string("x")],
  ];
  test.each(wrong)("%s", async (_, name, value) => {
    const MessageAttributes = { [name]: value };
    await expect(send({ MessageAttributes })).rejects.toMatchObject({
      name: "InvalidParameterValue",
    });
    const { Failed = [] } = await sendBatch([
      { Id: "1", MessageBody: "m", MessageAttributes },
    ]).catch(() => ({ Failed: ["whole batch"] }));
    expect(Failed).toHaveLength(1);
    expect(await next()).toBeUndefined();
  });

  test("when it is the eleventh", async () => {
    const names = Array.from({ length: 11 }, (_, n) => [`n${n}`, string("x")]);
    await expect(send({ MessageAttributes: Object.fromEntries(names) })).rejects.toThrow("[10]");
    await expect(
      send({ MessageAttributes: Object.fromEntries(names.slice(1)) }),
    ).resolves.toBeDefined();
    await next();
  });
});

/** A part of what the digest of attributes is made of: its length and its bytes. */
function part(text: string): Buffer {
  const content = Buffer.from(text, "latin1");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
test("the digest of the attributes is AWS's, over those that are returned", async () => {
  const MessageAttributes = {
    b: { DataType: "Number.int", StringValue: "12" },
    a: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255]) },
  };
  const a = [part("a"), part("Binary"), Buffer.from([2]), part("\u0000\u00ff")];
  const b = [part("b"), part("Number.int"), Buffer.from([1]), part("12")];
  const { MD5OfMessageAttributes } = await send({ MessageAttributes });
  expect(MD5OfMessageAttributes).toBe(md5(Buffer.concat([...a, ...b])));
  for (const [names, expected] of [
    [["b"], md5(Buffer.concat(b))],
    [["b.*", "a"], md5(Buffer.concat([...a, ...b]))],
    [[".*"], md5(Buffer.concat([...a, ...b]))],
    [["none"], undefined],
    [[], undefined],
  ] as const) {
    const MessageAttributeNames = [...names];
    const { Messages } = await cloud().clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl(),
        VisibilityTimeout: 0,
        MessageAttributeNames,
      }),
    );
    expect(Messages?.[0]?.MD5OfMessageAttributes).toBe(expected);
  }
  await next();
});
