/** ReceiveMessage. */
import * as z from "zod";
import { operation, type JsonOperation } from "../../../aws-protocol/json-protocol.ts";
import type { AwsCall } from "../../../aws-protocol/service.ts";
import type { Principal } from "../../iam/principal.ts";
import { inRange } from "../errors.ts";
import { md5OfAttributes, type MessageAttributes } from "../message-attributes.ts";
import { md5OfBody } from "../message.ts";
import { unknownAttribute } from "../queue-attributes.ts";
import type { Queues } from "../queues.ts";
import type { ReceivedMessage, StoredMessage } from "../stored-message.ts";
import { queueAt, queueUrl } from "./queue-operations.ts";

const names = z.array(z.string()).default([]);

const input = z.strictObject({
  ...queueUrl,
  AttributeNames: names,
  MessageSystemAttributeNames: names,
  MessageAttributeNames: names,
  MaxNumberOfMessages: z.int().default(1),
  VisibilityTimeout: z.int().optional(),
  WaitTimeSeconds: z.int().optional(),
});

/** The operation; `stopping` ends every long poll. */
export function receiveMessage(
  queues: Queues,
  { account, callerOf }: { account: string; callerOf: (call: AwsCall) => Principal },
  stopping: AbortSignal,
): JsonOperation {
  return operation(input, async ({ QueueUrl, ...asked }, call) => {
    const queue = queueAt(queues, QueueUrl);
    const { VisibilityTimeout, WaitTimeSeconds, MaxNumberOfMessages } = asked;
    inRange("MaxNumberOfMessages", MaxNumberOfMessages, [1, 10]);
    inRange("VisibilityTimeout", VisibilityTimeout, [0, 43_200]);
    inRange("WaitTimeSeconds", WaitTimeSeconds, [0, 20]);
    const system = [...asked.AttributeNames, ...asked.MessageSystemAttributeNames];
    const unknown = system.find((name) => !systemAttributes.includes(name));
    if (unknown !== undefined) throw unknownAttribute(unknown);
    const received = await queue.receive(
      {
        reader: callerOf(call),
        most: MaxNumberOfMessages,
        visibilityTimeout: VisibilityTimeout,
        wait: WaitTimeSeconds,
      },
      stopping,
    );
    const Messages = received.map((one) => ({
      ...describe(one, asked.MessageAttributeNames),
      Attributes: systemAttributesOf(one, system, account),
    }));
    return { Messages: Messages.length === 0 ? undefined : Messages };
  });
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
    AWSTraceHeader: stored.traceHeader,
    DeadLetterQueueSourceArn: stored.movedFrom,
  });
  const found = all.filter(
    ([name, value]) => value !== undefined && (asked.includes(name) || asked.includes("All")),
  );
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function describe(stored: ReceivedMessage, asked: readonly string[]) {
  const attributes = selected(stored.attributes, asked);
  return {
    MessageId: stored.id,
    ReceiptHandle: stored.receiptHandle,
    MD5OfBody: md5OfBody(stored.body),
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
