/** A cloud with a queue, and the SDK's calls to it. */
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type Message,
  type SendMessageBatchRequestEntry,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll } from "vitest";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";

export function setUpQueue() {
  let aws: StartedCloud;
  let QueueUrl: string;
  beforeAll(async () => {
    aws = await startTestCloud();
    QueueUrl = aws.queues.create("names").url;
  });
  afterAll(() => aws.stop());

  return {
    cloud: () => aws,
    queueUrl: () => QueueUrl,
    send: (input: object, url = QueueUrl) =>
      aws.clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "m", ...input })),
    sendBatch: (Entries: SendMessageBatchRequestEntry[], url = QueueUrl) =>
      aws.clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries })),
    /** The next message, which is deleted; undefined when there is none. */
    next: async (url = QueueUrl): Promise<Message | undefined> => {
      const { Messages = [] } = await aws.clients.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MessageAttributeNames: ["All"],
          MessageSystemAttributeNames: ["All"],
        }),
      );
      const [message] = Messages;
      if (message === undefined) return undefined;
      const { ReceiptHandle } = message;
      await aws.clients.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      return message;
    },
  };
}
