/** The operations on messages but ReceiveMessage. */
import * as z from "zod";
import { operation, type JsonOperations } from "../../../aws-protocol/json-protocol.ts";
import type { AwsCall } from "../../../aws-protocol/service.ts";
import type { Principal } from "../../iam/principal.ts";
import { invalidValue, required, sqsError } from "../errors.ts";
import { md5OfAttributes, messageAttributes } from "../message-attributes.ts";
import { md5OfBody, sizeOf, type NewMessage } from "../message.ts";
import type { Queues } from "../queues.ts";
import { traceHeaderName } from "../../xray/trace-header.ts";
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

const batchOf = <Shape extends z.core.$ZodLooseShape>(entry: Shape) =>
  z.strictObject({
    ...queueUrl,
    Entries: z.array(z.strictObject({ ...id, ...entry })).default([]),
  });

/** Bytes of all messages of a batch together (documented: SQS-API/SendMessageBatch). */
const largestBatch = 1_048_576;

/** The operations, by AWS's name. */
export function messageOperations(
  queues: Queues,
  callerOf: (call: AwsCall) => Principal,
): JsonOperations {
  const at = (url: string) => queueAt(queues, url);

  function send(
    queueArn: string,
    input: z.infer<z.ZodObject<typeof message>>,
    call: AwsCall,
  ): object {
    const { MessageDeduplicationId } = input;
    if (MessageDeduplicationId !== undefined) {
      const reason = "The request includes a parameter that is not valid for this queue type.";
      throw invalidValue("MessageDeduplicationId", MessageDeduplicationId, reason);
    }
    // Documented: XRAY/xray-services-sqs.
    const traceHeader = call.request.headers.get(traceHeaderName) ?? undefined;
    const sent = queues.send(queueArn, { ...newMessage(input), traceHeader }, callerOf(call));
    return {
      MessageId: sent.id,
      MD5OfMessageBody: md5OfBody(input.MessageBody),
      MD5OfMessageAttributes: md5OfAttributes(sent.attributes),
    };
  }

  return {
    SendMessage: operation(
      z.strictObject({ ...queueUrl, ...message }),
      ({ QueueUrl, ...input }, call) => send(at(QueueUrl).arn, input, call),
    ),

    SendMessageBatch: operation(batchOf(message), ({ QueueUrl, Entries }, call) => {
      const { arn } = at(QueueUrl);
      checkBatch(Entries);
      const size = Entries.reduce((sum, entry) => sum + sizeOf(newMessage(entry)), 0);
      if (size > largestBatch) {
        const text = `Batch requests cannot be longer than ${largestBatch} bytes. You have sent ${size} bytes.`;
        throw sqsError("BatchRequestTooLong", text);
      }
      return runBatch(Entries, (entry) => send(arn, entry, call));
    }),

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
