/** A message as a queue keeps it. */
import { randomUUID } from "node:crypto";
import type { Body } from "./message-encryption.ts";
import type { MessageAttributes } from "./message-attributes.ts";
import { type NewMessage, sizeOf } from "./message.ts";

/** A message in a queue; times are milliseconds since 1970. */
export interface StoredMessage {
  readonly id: string;
  readonly body: Body;
  readonly attributes: MessageAttributes;
  readonly groupId: string | undefined;
  readonly traceHeader: string | undefined;
  readonly sentAt: number;
  /** When it came into this queue. */
  readonly arrivedAt: number;
  /** The memory that it takes, about. */
  readonly bytes: number;
  /** The ARN of the queue that moved it here; undefined where it was sent. */
  readonly movedFrom: string | undefined;
  visibleAt: number;
  /** How often it was received, also from the queue before. */
  receiveCount: number;
  firstReceivedAt: number | undefined;
  /** Of its latest receipt from this queue. */
  receiptHandle: string | undefined;
}

/** A message as it is received: its body is not encrypted. */
export type ReceivedMessage = StoredMessage & { readonly body: string };

/** What a message takes besides its texts. */
const messageBytes = 1000;

/** The memory that a message takes, about: characters take up to two bytes. */
export function memoryOf(message: NewMessage): number {
  return 2 * sizeOf(message) + messageBytes;
}

/** A message that was sent, as its queue keeps it: not received yet. */
export function storedMessage(
  { attributes, groupId, traceHeader }: NewMessage,
  stored: Pick<StoredMessage, "body" | "bytes" | "sentAt" | "visibleAt">,
): StoredMessage {
  return {
    id: randomUUID(),
    ...stored,
    attributes,
    groupId,
    traceHeader,
    arrivedAt: stored.sentAt,
    movedFrom: undefined,
    receiveCount: 0,
    firstReceivedAt: undefined,
    receiptHandle: undefined,
  };
}
