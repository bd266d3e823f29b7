/** The operations on messages. */
import { createHash } from "node:crypto";
import * as z from "zod";
import { operation, type JsonOperations } from "../../../aws-protocol/json-protocol.ts";
import { inRange, invalidValue, required, sqsError } from "../errors.ts";
import {
  md5OfAttributes,
  messageAttributes,
  type MessageAttributes,
} from "../message-attributes.ts";
import { sizeOf, type NewMessage } from "../message.ts";
import { unknownAttribute } from "../queue-attributes.ts";
import type { StoredMessage } from "../stored-message.ts";
import type { Queues } from "../queues.ts";
import { checkBatch, runBatch } from "./batch.ts";
import { queueAt, queueUrl } from "./queue-operations.ts";

const message = {
  MessageBody: z.string().default(""),
  DelaySeconds: z.int().optional(),
  MessageAttributes: messageAttributes.default({}),
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.string().optional(),
};
const receipt = { ReceiptHandle: z.string().default("") };
const visibility = { ...receipt, VisibilityTimeout: z.int() };
const id = { Id: z.string().default("") };
const names = z.array(z.string()).default([]);

const batchOf = <Shape extends z.core.$ZodLooseShape>(entry: Shape) =>
  z.strictObject({
    ...queueUrl,
    Entries: z.array(z.strictObject({ ...id, ...entry })).default([]),
  });

/** Bytes of all messages of a batch together (documented: SQS-API/SendMessageBatch). */
const largestBatch = 1_048_576;

/** The operations, by AWS's name; `stopping` ends every long poll. */
export function messageOperations(
  queues: Queues,
  account: string,
  stopping: AbortSignal,
): JsonOperations {
  const at = (url: string) => queueAt(queues, url);

  function send(queueArn: string, input: z.infer<z.ZodObject<typeof message>>): object {
    const { MessageDeduplicationId } = input;
    if (MessageDeduplicationId !== undefined) {
      const reason = "The request includes a parameter that is not valid for this queue type.";
      throw invalidValue("MessageDeduplicationId", MessageDeduplicationId, reason);
    }
    const sent = queues.send(queueArn, newMessage(input));
    return {
      MessageId: sent.id,
      MD5OfMessageBody: md5(sent.body),
      MD5OfMessageAttributes: md5OfAttributes(sent.attributes),
    };
  }

  return {
    SendMessage: operation(z.strictObject({ ...queueUrl, ...message }), ({ QueueUrl, ...input }) =>
      send(at(QueueUrl).arn, input),
    ),

    SendMessageBatch: operation(batchOf(message), ({ QueueUrl, Entries }) => {
      const { arn } = at(QueueUrl);
      checkBatch(Entries);
      const size = Entries.reduce((sum, entry) => sum + sizeOf(newMessage(entry)), 0);
      if (size > largestBatch) {
        const text = `Batch requests cannot be longer than ${largestBatch} bytes. You have sent ${size} bytes.`;
        throw sqsError("BatchRequestTooLong", text);
      }
      return runBatch(Entries, (entry) => send(arn, entry));
    }),

    ReceiveMessage: operation(
      z.strictObject({
        ...queueUrl,
        AttributeNames: names,
        MessageSystemAttributeNames: names,
        MessageAttributeNames: names,
        MaxNumberOfMessages: z.int().default(1),
        VisibilityTimeout: z.int().optional(),
        WaitTimeSeconds: z.int().optional(),
      }),
      async (input) => {
        const queue = at(input.QueueUrl);
        const { VisibilityTimeout, WaitTimeSeconds, MaxNumberOfMessages } = input;
        inRange("MaxNumberOfMessages", MaxNumberOfMessages, [1, 10]);
        inRange("VisibilityTimeout", VisibilityTimeout, [0, 43_200]);
        inRange("WaitTimeSeconds", WaitTimeSeconds, [0, 20]);
        const system = [...input.AttributeNames, ...input.MessageSystemAttributeNames];
        const unknown = system.find((name) => !systemAttributes.includes(name));
        if (unknown !== undefined) throw unknownAttribute(unknown);
        const received = await queue.receive(
          {
            most: MaxNumberOfMessages,
            visibilityTimeout: VisibilityTimeout,
            wait: WaitTimeSeconds,
          },
          stopping,
        );
        const Messages = received.map((one) => ({
          ...describe(one, input.MessageAttributeNames),
          Attributes: systemAttributesOf(one, system, account),
        }));
        return { Messages: Messages.length === 0 ? undefined : Messages };
      },
    ),

    DeleteMessage: operation(
      z.strictObject({ ...queueUrl, ...receipt }),
      ({ QueueUrl, ReceiptHandle }) => {
        at(QueueUrl).deleteMessage(required("ReceiptHandle", ReceiptHandle));
        return {};
      },
    ),

    DeleteMessageBatch: operation(batchOf(receipt), ({ QueueUrl, Entries }) => {
      const queue = at(QueueUrl);
      checkBatch(Entries);
      return runBatch(Entries, ({ ReceiptHandle }) => {
        queue.deleteMessage(required("ReceiptHandle", ReceiptHandle));
        return {};
      });
    }),

    ChangeMessageVisibility: operation(
      z.strictObject({ ...queueUrl, ...visibility }),
      ({ QueueUrl, ReceiptHandle, VisibilityTimeout }) => {
        const queue = at(QueueUrl);
        queue.changeVisibility(required("ReceiptHandle", ReceiptHandle), VisibilityTimeout);
        return {};
      },
    ),

    ChangeMessageVisibilityBatch: operation(batchOf(visibility), ({ QueueUrl, Entries }) => {
      const queue = at(QueueUrl);
      checkBatch(Entries);
      return runBatch(Entries, ({ ReceiptHandle, VisibilityTimeout }) => {
        queue.changeVisibility(required("ReceiptHandle", ReceiptHandle), VisibilityTimeout);
        return {};
      });
    }),
  };
}

function newMessage(input: z.infer<z.ZodObject<typeof message>>): NewMessage {
  return {
    body: input.MessageBody,
    attributes: input.MessageAttributes,
    groupId: input.MessageGroupId,
    delay: input.DelaySeconds,
  };
}

const systemAttributes = [
  "All",
  "SenderId",
  "SentTimestamp",
  "ApproximateReceiveCount",
  "ApproximateFirstReceiveTimestamp",
  "SequenceNumber",
  "MessageDeduplicationId",
  "MessageGroupId",
  "AWSTraceHeader",
  "DeadLetterQueueSourceArn",
];

function systemAttributesOf(stored: StoredMessage, asked: readonly string[], account: string) {
  const all = Object.entries({
    SenderId: account,
    SentTimestamp: String(stored.sentAt),
    ApproximateReceiveCount: String(stored.receiveCount),
    ApproximateFirstReceiveTimestamp: String(stored.firstReceivedAt),
    MessageGroupId: stored.groupId,
    DeadLetterQueueSourceArn: stored.movedFrom,
  });
  const found = all.filter(
    ([name, value]) => value !== undefined && (asked.includes(name) || asked.includes("All")),
  );
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function describe(stored: StoredMessage, asked: readonly string[]) {
  const attributes = selected(stored.attributes, asked);
  return {
    MessageId: stored.id,
    ReceiptHandle: stored.receiptHandle,
    MD5OfBody: md5(stored.body),
    Body: stored.body,
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    MessageAttributes: Object.keys(attributes).length === 0 ? undefined : attributes,
  };
}

/** The attributes that are asked for by `All`, by name, or by a prefix such as `bar.*`. */
function selected(attributes: MessageAttributes, asked: readonly string[]): MessageAttributes {
  const isAsked = (name: string) =>
    asked.some(
      (one) =>
        one === "All" || one === name || (one.endsWith(".*") && name.startsWith(one.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isAsked(name)));
}

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
