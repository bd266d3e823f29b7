/** Redrives or discards the dead letters of a stage: those that were not processed stay in the queue. */
import { parseDeadLetter, type DeadLetter } from "./dead-letter.ts";
import type { DeadLetterQueue, HeldMessage } from "./queue.ts";
import { findTargetFunction } from "./target-function.ts";

/** A dead letter of the stage, and the function that did not get or process it. */
export interface Found {
  readonly deadLetter: DeadLetter;
  readonly functionArn: string;
}

/** A message of the queue, parsed. */
export interface ReadMessage {
  readonly message: HeldMessage;
  /** Absent if it is not a dead letter of this stage. */
  readonly found?: Found;
}

/** A message that stays in the queue, and why. */
export interface LeftMessage {
  readonly id: string;
  readonly reason: string;
}

/** What a run works with. */
export interface Redrive {
  readonly stage: string;
  readonly queue: DeadLetterQueue;
  /** Decides from what is in the queue whether to go on; otherwise every message stays. */
  readonly approve: (messages: readonly ReadMessage[]) => Promise<boolean> | boolean;
  /** What is done with each dead letter before it is deleted. */
  readonly process: (found: Found) => Promise<void>;
  readonly signal: AbortSignal;
  /** At most this many messages at a time. */
  readonly limit: number;
}

/** What came of a run; nothing is left where it was not approved. */
export interface Redriven {
  /** How many messages were in the queue. */
  readonly found: number;
  readonly approved: boolean;
  readonly done: number;
  readonly left: readonly LeftMessage[];
}

/**
 * Receives every message that is in the queue, then processes one after the other: what fails again
 * meanwhile waits for the next run. A message is deleted only after it was processed, so that
 * one whose deletion fails is processed twice rather than lost.
 * @throws the signal's reason when aborted, once the current message is processed.
 */
export async function redrive(options: Redrive): Promise<Redriven> {
  const { stage, queue, approve, process, signal, limit } = options;
  const messages = await queue.holdAll(limit);
  const holding = new Set(messages);
  const left: LeftMessage[] = [];
  try {
    const read = messages.map((message) => readMessage(message, stage, queue.arn));
    const approved = await approve(read);
    for (const { message, found } of approved ? read : []) {
      signal.throwIfAborted();
      if (found === undefined) {
        left.push({ id: message.id, reason: "it is not a dead letter of this stage" });
        continue;
      }
      if (!message.isHeld()) {
        left.push({ id: message.id, reason: HELD_TOO_LONG });
        continue;
      }
      let isProcessed = false;
      try {
        await process(found);
        isProcessed = true;
        await message.delete();
        holding.delete(message);
      } catch (error) {
        const name = error instanceof Error ? error.name : "it failed";
        left.push({ id: message.id, reason: isProcessed ? notDeleted(name) : name });
      }
    }
    return { found: messages.length, approved, done: messages.length - holding.size, left };
  } finally {
    // One that cannot be released comes back by itself; one that another client may hold by now is left to it.
    const held = [...holding].filter((message) => message.isHeld());
    await Promise.allSettled(held.map((message) => message.release()));
  }
}

const notDeleted = (name: string) =>
  `it was processed, but could not be deleted (${name}), so that the next run processes it again`;

const HELD_TOO_LONG = "it was held for nine minutes, so another client may have it by now";

function readMessage(message: HeldMessage, stage: string, queueArn: string): ReadMessage {
  const deadLetter = parseDeadLetter(message.body);
  if (deadLetter === undefined) return { message };
  const functionArn = findTargetFunction(deadLetter, stage, queueArn);
  return functionArn === undefined ? { message } : { message, found: { deadLetter, functionArn } };
}
