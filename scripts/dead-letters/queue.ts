/** The dead-letter queue of a stage. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import { namesOf } from "../../stacks/settings/names.ts";
import { CommandError } from "../support/command-error.ts";
import type { DeployedStage } from "../support/target.ts";
import { howToDeploy } from "../support/unnamed-stage.ts";

/** A message of the queue that no other consumer receives until it is released. */
export interface HeldMessage {
  readonly id: string;
  /** When it came into the queue. */
  readonly since: Date;
  readonly body: string;
  /** Whether no other client can receive it, now or while it is processed. */
  readonly isHeld: () => boolean;
  readonly delete: () => Promise<void>;
  /** Lets others receive it at once. */
  readonly release: () => Promise<void>;
}

/** About how many messages a queue has: SQS says so within a minute. */
export interface MessageCounts {
  readonly waiting: number;
  /** Received by a client that has not deleted them: no other can receive these for a while. */
  readonly held: number;
}

/** The queue that a stage's undeliverable messages are in. */
export interface DeadLetterQueue {
  readonly arn: string;
  count(): Promise<MessageCounts>;
  /** Takes every message that is there now, up to `limit`. */
  holdAll(limit: number): Promise<HeldMessage[]>;
}

/** How long others do not see a message that is held, should this process end without releasing it. */
const heldSeconds = 600;

/** Of these, the last ones are for what has begun: its calls are tried again, and take time. */
const lastSeconds = 60;

const messageSchema = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  Attributes: z.object({ SentTimestamp: z.coerce.number() }),
});

const countsSchema = z.object({
  ApproximateNumberOfMessages: z.coerce.number(),
  ApproximateNumberOfMessagesNotVisible: z.coerce.number(),
});

/** Finds the queue of a stage. @throws CommandError when there is none. */
export async function findQueue(
  sqs: SQSClient,
  stage: Pick<DeployedStage, "stage" | "local">,
): Promise<DeadLetterQueue> {
  const url = await urlOf(sqs, stage);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn"] }),
  );
  const arn = z.string().parse(Attributes?.["QueueArn"]);
  return { arn, count: () => count(sqs, url), holdAll: (limit) => holdAll(sqs, url, limit) };
}

async function urlOf(
  sqs: SQSClient,
  { stage, local }: Parameters<typeof findQueue>[1],
): Promise<string | undefined> {
  const name = namesOf(stage).resource("DeadLetters");
  try {
    return (await sqs.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl;
  } catch (cause) {
    if (!(cause instanceof QueueDoesNotExist)) throw cause;
    throw new CommandError(`There is no queue ${name}. ${howToDeploy(stage, local)}`, { cause });
  }
}

async function count(sqs: SQSClient, url: string | undefined): Promise<MessageCounts> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  const counts = countsSchema.parse(Attributes);
  return {
    waiting: counts.ApproximateNumberOfMessages,
    held: counts.ApproximateNumberOfMessagesNotVisible,
  };
}

async function holdAll(
  sqs: SQSClient,
  url: string | undefined,
  limit: number,
): Promise<HeldMessage[]> {
  const held: HeldMessage[] = [];
  try {
    await receiveAll(sqs, url, limit, held);
  } catch (error) {
    await Promise.allSettled(held.map((message) => message.release()));
    throw error;
  }
  return held;
}

/** Into `held`, until there are no more. */
async function receiveAll(
  sqs: SQSClient,
  url: string | undefined,
  limit: number,
  held: HeldMessage[],
): Promise<void> {
  while (held.length < limit) {
    const askedAt = Date.now();
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: Math.min(10, limit - held.length),
        // A long poll asks every server of the queue, so that no answer means no message.
        WaitTimeSeconds: 1,
        VisibilityTimeout: heldSeconds,
        MessageSystemAttributeNames: ["SentTimestamp"],
      }),
    );
    if (Messages.length === 0) return;
    const until = askedAt + (heldSeconds - lastSeconds) * 1_000;
    held.push(...Messages.map((message) => hold(sqs, url, messageSchema.parse(message), until)));
  }
}

function hold(
  sqs: SQSClient,
  url: string | undefined,
  message: z.infer<typeof messageSchema>,
  until: number,
): HeldMessage {
  const receipt = { QueueUrl: url, ReceiptHandle: message.ReceiptHandle };
  return {
    id: message.MessageId,
    since: new Date(message.Attributes.SentTimestamp),
    body: message.Body,
    isHeld: () => Date.now() < until,
    async delete() {
      await sqs.send(new DeleteMessageCommand(receipt));
    },
    async release() {
      await sqs.send(new ChangeMessageVisibilityCommand({ ...receipt, VisibilityTimeout: 0 }));
    },
  };
}
