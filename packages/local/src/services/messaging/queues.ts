/** Queues, as deployments create them and deliveries poll them. A queue is named by its ARN. */
import * as z from "zod";
import { queueName, type QueueUrls } from "./queue-url.ts";
import type { SendRequests } from "./requests.ts";
import type { Attributes } from "./topics.ts";

/** A message that is in flight until it is deleted or its visibility timeout passes. */
export interface ReceivedMessage {
  messageId: string;
  receiptHandle: string;
  body: string;
  /** How often it was received, this time included. */
  receiveCount: number;
}

/** String attributes of a message, by name. */
export type MessageAttributes = Readonly<Record<string, string>>;

/** Every method throws AwsError with SQS's code, `QueueDoesNotExist` above all. */
export interface Queues {
  /** Creates a queue, or finds the one of that name if no attribute differs. */
  create(name: string, attributes?: Attributes): Promise<{ arn: string; url: string }>;
  setAttributes(queueArn: string, attributes: Attributes): Promise<void>;
  delete(queueArn: string): Promise<void>;
  send(
    queueArn: string,
    body: string,
    attributes?: MessageAttributes,
  ): Promise<{ messageId: string }>;
  /**
   * Receives one message by long polling. Resolves to undefined, at once, when `signal` aborts or
   * messaging stops; a message that the abandoned poll receives returns to the queue.
   */
  receive(queueArn: string, signal: AbortSignal): Promise<ReceivedMessage | undefined>;
  /** Deletes a received message. */
  deleteMessage(queueArn: string, receiptHandle: string): Promise<void>;
  /** Makes a message visible again after some seconds; 0 is at once. */
  changeVisibility(queueArn: string, receiptHandle: string, seconds: number): Promise<void>;
}

/** The longest wait of a long poll, in seconds. */
const longestWait = 20;

const attributesOutput = z.object({ Attributes: z.object({ QueueArn: z.string() }) });
const sendOutput = z.object({ MessageId: z.string() });
const receiveOutput = z.object({
  Messages: z
    .array(
      z.object({
        MessageId: z.string(),
        ReceiptHandle: z.string(),
        Body: z.string(),
        Attributes: z.object({ ApproximateReceiveCount: z.coerce.number() }),
      }),
    )
    .default([]),
});

/** Creates the queues over the given calls; `stopping` ends every poll. */
export function createQueues(send: SendRequests, urlOf: QueueUrls, stopping: AbortSignal): Queues {
  const url = (arn: string): { QueueUrl: string } => ({ QueueUrl: urlOf(queueName(arn)) });

  async function receiveOnce(queueArn: string): Promise<ReceivedMessage | undefined> {
    const output = await send.sqs("ReceiveMessage", {
      ...url(queueArn),
      MaxNumberOfMessages: 1,
      WaitTimeSeconds: longestWait,
      MessageSystemAttributeNames: ["ApproximateReceiveCount"],
    });
    const message = receiveOutput.parse(output).Messages[0];
    if (message === undefined) return undefined;
    return {
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      receiveCount: message.Attributes.ApproximateReceiveCount,
    };
  }

  async function create(
    name: string,
    attributes: Attributes = {},
  ): Promise<{ arn: string; url: string }> {
    await send.sqs("CreateQueue", { QueueName: name, Attributes: attributes });
    const QueueUrl = urlOf(name);
    const output = await send.sqs("GetQueueAttributes", {
      QueueUrl,
      AttributeNames: ["QueueArn"],
    });
    return { arn: attributesOutput.parse(output).Attributes.QueueArn, url: QueueUrl };
  }

  async function sendMessage(
    queueArn: string,
    body: string,
    attributes: MessageAttributes = {},
  ): Promise<{ messageId: string }> {
    const output = await send.sqs("SendMessage", {
      ...url(queueArn),
      MessageBody: body,
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [
          name,
          { DataType: "String", StringValue },
        ]),
      ),
    });
    return { messageId: sendOutput.parse(output).MessageId };
  }

  async function changeVisibility(
    queueArn: string,
    receiptHandle: string,
    seconds: number,
  ): Promise<void> {
    const input = { ReceiptHandle: receiptHandle, VisibilityTimeout: seconds };
    await send.sqs("ChangeMessageVisibility", { ...url(queueArn), ...input });
  }

  async function receive(
    queueArn: string,
    signal: AbortSignal,
  ): Promise<ReceivedMessage | undefined> {
    const ended = AbortSignal.any([signal, stopping]);
    const end = aborted(ended);
    while (!ended.aborted) {
      const receiving = receiveOnce(queueArn);
      const first = await Promise.race([receiving, end]);
      if (first !== "aborted") {
        if (first !== undefined) return first;
        continue;
      }
      // fauxqs cannot cancel a poll: return what it may still receive to the queue.
      receiving
        .then((late) => late && changeVisibility(queueArn, late.receiptHandle, 0))
        .catch(() => undefined);
    }
    return undefined;
  }

  return {
    create,
    async setAttributes(queueArn, attributes) {
      await send.sqs("SetQueueAttributes", { ...url(queueArn), Attributes: attributes });
    },
    async delete(queueArn) {
      await send.sqs("DeleteQueue", url(queueArn));
    },
    send: sendMessage,
    receive,
    async deleteMessage(queueArn, receiptHandle) {
      await send.sqs("DeleteMessage", { ...url(queueArn), ReceiptHandle: receiptHandle });
    },
    changeVisibility,
  };
}

function aborted(signal: AbortSignal): Promise<"aborted"> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve("aborted");
    signal.addEventListener("abort", () => resolve("aborted"), { once: true });
  });
}
