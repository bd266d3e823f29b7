/** One queue: its messages, those in flight, and who waits for them. */
import { AwsError } from "../../aws-protocol/errors.ts";
import type { Measure } from "../cloudwatch/measurement.ts";
import type { Minute } from "../cloudwatch/minutes.ts";
import type { DeadLetter } from "./dead-letter.ts";
import { depthsOf } from "./depths.ts";
import type { Principal } from "../iam/principal.ts";
import type { Envelopes } from "../kms/envelopes.ts";
import { inRange, sqsError } from "./errors.ts";
import { type NewMessage, sizeOf } from "./message.ts";
import { openBody, sealBody } from "./message-encryption.ts";
import { createQueueMetrics } from "./metrics.ts";
import { redrivePolicyOf, type Attributes } from "./queue-attributes.ts";
import { messageIdOf, receiptFor } from "./receipt-handles.ts";
import { createWaiters } from "./waiters.ts";
import {
  memoryOf,
  storedMessage,
  type ReceivedMessage,
  type StoredMessage,
} from "./stored-message.ts";

/** What to receive. */
export interface Receive {
  readonly reader: Principal;
  readonly most: number;
  /** Seconds; the queue's by default. */
  readonly visibilityTimeout?: number | undefined;
  /** Seconds of a long poll; the queue's by default. */
  readonly wait?: number | undefined;
}

/** The dependencies of a queue. */
interface QueueOptions {
  readonly arn: string;
  readonly attributes: Attributes;
  readonly now: () => number;
  readonly envelopes: Envelopes;
  readonly find: (queueArn: string) => Queue | undefined;
  readonly measure: Measure;
  readonly onDeadLetter?: ((letter: DeadLetter) => void) | undefined;
}

/** A queue. */
export type Queue = ReturnType<typeof createQueue>;

const never = Number.POSITIVE_INFINITY;

/** Bytes of a queue's messages, which are in memory; AWS has no limit. */
const mostBytes = 64 * 1024 * 1024;

/** Creates an empty queue. */
export function createQueue({ arn, now, envelopes, find, ...options }: QueueOptions) {
  const { measure, onDeadLetter } = options;
  const metrics = createQueueMetrics(arn, measure);
  const messages = new Map<string, StoredMessage>();
  const waiters = createWaiters();
  const createdAt = now();
  let attributes = options.attributes;
  let changedAt = createdAt;
  let isDeleted = false;

  const milliseconds = (name: string) => Number(attributes[name]) * 1000;

  function add(message: StoredMessage): void {
    messages.set(message.id, message);
    waiters.wake();
  }

  function hasRoomFor(bytes: number): boolean {
    return messages.values().reduce((sum, message) => sum + message.bytes, bytes) <= mostBytes;
  }

  /**
   * Adds a message that was checked. @throws AwsError RequestThrottled when the queue is full, and
   * when the sender may not use its key
   */
  function send(added: NewMessage, sender: Principal): StoredMessage {
    const sentAt = now();
    const bytes = memoryOf(added);
    if (!hasRoomFor(bytes)) {
      const problem = `The local cloud keeps at most ${mostBytes} bytes of a queue's messages.`;
      throw new AwsError("RequestThrottled", problem, 429);
    }
    const delay = added.delay === undefined ? milliseconds("DelaySeconds") : added.delay * 1000;
    const body = sealBody(envelopes, { body: added.body, queueArn: arn, attributes, sender });
    const message = storedMessage(added, { body, bytes, sentAt, visibleAt: sentAt + delay });
    add(message);
    metrics.sent(sizeOf(added));
    return message;
  }

  /**
   * Removes what is past its retention, and moves what was received too often; it stays while there is
   * no room for it.
   */
  function tidy(): void {
    const oldest = now() - milliseconds("MessageRetentionPeriod");
    for (const { id, sentAt } of messages.values()) if (sentAt <= oldest) messages.delete(id);
    const { deadLetterTargetArn = "", maxReceiveCount = 0 } = redrivePolicyOf(attributes) ?? {};
    const deadLetters = find(deadLetterTargetArn);
    if (deadLetters === undefined) return;
    const spent = messages
      .values()
      .filter((message) => isVisible(message) && message.receiveCount >= maxReceiveCount)
      .toArray();
    for (const message of spent) {
      if (deadLetters.arn !== arn && !deadLetters.hasRoomFor(message.bytes)) return;
      messages.delete(message.id);
      deadLetters.add({ ...message, movedFrom: arn, arrivedAt: now(), receiptHandle: undefined });
      if (deadLetters.arn === arn) continue;
      const reason = `received ${message.receiveCount} times and not deleted`;
      onDeadLetter?.({ queueArn: deadLetters.arn, sourceArn: arn, reason });
    }
  }

  function isVisible({ visibleAt }: StoredMessage): boolean {
    return visibleAt <= now();
  }

  const opened = (message: StoredMessage, reader: Principal): ReceivedMessage => ({
    ...message,
    body: openBody(envelopes, message.body, { attributes, reader }),
  });

  function take({ reader, most, visibilityTimeout }: Receive): ReceivedMessage[] {
    tidy();
    const timeout = visibilityTimeout ?? Number(attributes["VisibilityTimeout"]);
    const taken = messages.values().filter(isVisible).take(most).toArray();
    // Before any counts as received: one that the reader cannot decrypt stays (assumed).
    const bodies = taken.map((message) => opened(message, reader).body);
    for (const message of taken) {
      message.visibleAt = now() + timeout * 1000;
      message.receiveCount += 1;
      message.firstReceivedAt ??= now();
      message.receiptHandle = receiptFor(message.id, arn);
      // Behind the others, so that they are received as well when it is visible again.
      messages.delete(message.id);
      messages.set(message.id, message);
    }
    return taken.map((message, index) => ({ ...message, body: bodies[index] ?? "" }));
  }

  /**
   * Receives messages; none when the poll ends, or `signal` aborts.
   * @throws AwsError QueueDoesNotExist when the queue is deleted meanwhile, and when the reader may
   * not use a message's key
   */
  async function receive(request: Receive, signal: AbortSignal): Promise<ReceivedMessage[]> {
    const wait = request.wait ?? Number(attributes["ReceiveMessageWaitTimeSeconds"]);
    const ends = AbortSignal.any([signal, AbortSignal.timeout(wait * 1000)]);
    for (;;) {
      if (signal.aborted) return [];
      const taken = take(request);
      if (taken.length > 0 || wait === 0 || ends.aborted) {
        metrics.received(taken.length);
        return taken;
      }
      await nextChange(ends);
      if (isDeleted) throw sqsError("QueueDoesNotExist", "The queue was deleted.");
    }
  }

  /** Resolves when a message is added or becomes visible, and when the signal aborts. */
  function nextChange(signal: AbortSignal): Promise<void> {
    const visibleAt = messages
      .values()
      .reduce((least, message) => Math.min(least, message.visibleAt), never);
    return waiters.next(signal, visibleAt < never ? Math.max(visibleAt - now(), 1) : undefined);
  }

  /** The message of its latest receipt; undefined for an older one, which is valid but has no effect. */
  function messageOf(receiptHandle: string): StoredMessage | undefined {
    const message = messages.get(messageIdOf(receiptHandle, arn));
    return message?.receiptHandle === receiptHandle ? message : undefined;
  }

  function deleteMessage(receiptHandle: string): void {
    const message = messageOf(receiptHandle);
    if (message !== undefined) messages.delete(message.id);
    metrics.deleted();
  }

  /** Lets a message in flight be received again after some seconds; 0 is at once. */
  function changeVisibility(receiptHandle: string, timeout: number): void {
    inRange("VisibilityTimeout", timeout, [0, 43_200]);
    const message = messageOf(receiptHandle);
    if (message === undefined || isVisible(message)) {
      const reason = "Message does not exist or is not available for visibility timeout change.";
      throw sqsError("MessageNotInflight", reason);
    }
    message.visibleAt = now() + timeout * 1000;
    waiters.wake();
  }

  /** Every attribute that it has. */
  function describe(): Attributes {
    tidy();
    const { visible, notVisible, delayed } = depthsOf(messages.values(), now());
    return {
      QueueArn: arn,
      CreatedTimestamp: String(Math.floor(createdAt / 1000)),
      LastModifiedTimestamp: String(Math.floor(changedAt / 1000)),
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(notVisible),
      ApproximateNumberOfMessagesDelayed: String(delayed),
      ...attributes,
    };
  }

  return {
    arn,
    tags: new Map<string, string>(),
    send,
    add,
    hasRoomFor,
    receive,
    deleteMessage,
    changeVisibility,
    describe,
    /** Every message, without receiving it. @throws AwsError when the reader may not use a key */
    peek: (reader: Principal) => [...messages.values()].map((one) => opened(one, reader)),
    /** Removes a message by its id; false where there is none. */
    remove: (id: string) => messages.delete(id),
    tidy,
    /** An operation names it. */
    used: () => metrics.used(),
    /** Publishes the metrics of a minute; every queue is tidied before. */
    publishMetrics: (minute: Minute) => metrics.publish(depthsOf(messages.values(), now()), minute),
    /** Sets attributes that were checked; an empty one is taken away. */
    setAttributes(changed: Attributes): void {
      const kept = Object.entries({ ...attributes, ...changed }).filter(
        ([, value]) => value !== "",
      );
      attributes = Object.fromEntries(kept);
      changedAt = now();
    },
    purge: () => messages.clear(),
    /** Ends every poll. */
    delete(): void {
      isDeleted = true;
      waiters.wake();
    },
  };
}
