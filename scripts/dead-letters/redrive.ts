/** Redrives the dead letters of a stage: those that were not moved stay in the queue. */
import { parseDeadLetter, type DeadLetter } from "./dead-letter.ts";
import type { DeadLetterQueue, HeldMessage } from "./queue.ts";
import { findTargetFunction } from "./target-function.ts";

/** Invokes a function asynchronously, as SNS does; resolves once Lambda has accepted the event. */
export type InvokeFunction = (functionArn: string, payload: string) => Promise<void>;

/** A message of the queue, parsed. */
export interface ReadMessage {
  readonly message: HeldMessage;
  /** Absent if it is not a dead letter of this stage. */
  readonly found?: { readonly deadLetter: DeadLetter; readonly functionArn: string };
}

/** A message that stays in the queue, and why. */
export interface LeftMessage {
  readonly id: string;
  readonly reason: string;
}

/** What a redrive works with. */
export interface Redrive {
  readonly stage: string;
  readonly queue: DeadLetterQueue;
  /** Absent for a dry run: every message stays. */
  readonly invoke?: InvokeFunction | undefined;
  /** Receives what is in the queue before anything is moved. */
  readonly onRead: (messages: readonly ReadMessage[]) => void;
  readonly signal: AbortSignal;
  /** At most this many messages at a time. */
  readonly limit: number;
}

/** What came of a redrive. */
export interface Redriven {
  /** How many messages were in the queue. */
  readonly found: number;
  readonly moved: number;
  readonly left: readonly LeftMessage[];
}

/**
 * Receives every message that is in the queue, then moves one after the other: what fails again
 * meanwhile waits for the next run. A message is deleted only after it was moved, so that
 * one whose deletion fails is moved twice rather than lost.
 * @throws the signal's reason when aborted, once the current message is processed.
 */
export async function redrive(options: Redrive): Promise<Redriven> {
  const { stage, queue, invoke, onRead, signal, limit } = options;
  const messages = await queue.holdAll(limit);
  const holding = new Set(messages);
  const left: LeftMessage[] = [];
  try {
    const read = messages.map((message) => readMessage(message, stage, queue.arn));
    onRead(read);
    if (invoke === undefined) return { found: messages.length, moved: 0, left };
    for (const { message, found } of read) {
      signal.throwIfAborted();
      if (found === undefined) {
        left.push({ id: message.id, reason: "it is not a dead letter of this stage" });
        continue;
      }
      try {
        await invoke(found.functionArn, found.deadLetter.payload);
        await message.delete();
        holding.delete(message);
      } catch (error) {
        left.push({ id: message.id, reason: error instanceof Error ? error.name : "it failed" });
      }
    }
    return { found: messages.length, moved: messages.length - holding.size, left };
  } finally {
    // One that cannot be released comes back by itself.
    await Promise.allSettled([...holding].map((message) => message.release()));
  }
}

function readMessage(message: HeldMessage, stage: string, queueArn: string): ReadMessage {
  const deadLetter = parseDeadLetter(message.body);
  if (deadLetter === undefined) return { message };
  const functionArn = findTargetFunction(deadLetter, stage, queueArn);
  return functionArn === undefined ? { message } : { message, found: { deadLetter, functionArn } };
}
