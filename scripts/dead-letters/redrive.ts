/** Moves the dead letters of a stage back, and leaves each that it did not move. */
import { functionFor } from "./address.ts";
import { readLetter, type Letter } from "./letter.ts";
import type { DeadLetterQueue, HeldMessage } from "./queue.ts";

/** Gives a function an event, as SNS does; resolves once Lambda has accepted it. */
export type InvokeFunction = (functionArn: string, payload: string) => Promise<void>;

/** A message of the queue, and what it was read as. */
export interface ReadMessage {
  readonly message: HeldMessage;
  /** Absent for what is no dead letter of this stage. */
  readonly found?: { readonly letter: Letter; readonly functionArn: string };
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
  /** Absent to look only: every message stays. */
  readonly invoke?: InvokeFunction | undefined;
  /** Told what is in the queue before anything is moved. */
  readonly onRead: (messages: readonly ReadMessage[]) => void;
  readonly signal: AbortSignal;
  /** At most this many messages at a time. */
  readonly limit: number;
}

/** What came of a redrive. */
export interface Redriven {
  readonly moved: number;
  readonly left: readonly LeftMessage[];
}

/**
 * Reads every message that is in the queue, then moves one after the other: what fails again and
 * comes back meanwhile is for the next time. A message is deleted only after it was moved, so that
 * one whose deletion fails is moved twice rather than lost.
 * @throws the signal's reason when aborted, once the message in hand is dealt with.
 */
export async function redrive(options: Redrive): Promise<Redriven> {
  const { stage, queue, invoke, onRead, signal, limit } = options;
  const messages = await queue.holdAll(limit);
  const holding = new Set(messages);
  const left: LeftMessage[] = [];
  try {
    const read = messages.map((message) => readMessage(message, stage, queue.arn));
    onRead(read);
    if (invoke === undefined) return { moved: 0, left };
    for (const { message, found } of read) {
      signal.throwIfAborted();
      if (found === undefined) {
        left.push({ id: message.id, reason: "it is no dead letter of this stage" });
        continue;
      }
      try {
        await invoke(found.functionArn, found.letter.payload);
        await message.delete();
        holding.delete(message);
      } catch (error) {
        left.push({ id: message.id, reason: error instanceof Error ? error.name : "it failed" });
      }
    }
    return { moved: messages.length - holding.size, left };
  } finally {
    // One that cannot be released comes back by itself.
    await Promise.allSettled([...holding].map((message) => message.release()));
  }
}

function readMessage(message: HeldMessage, stage: string, queueArn: string): ReadMessage {
  const letter = readLetter(message.body);
  if (letter === undefined) return { message };
  const functionArn = functionFor(letter, stage, queueArn);
  return functionArn === undefined ? { message } : { message, found: { letter, functionArn } };
}
