/** How many messages a queue has in each state, and how old they are. */
import type { StoredMessage } from "./stored-message.ts";

/** Numbers of messages. */
export interface Depths {
  readonly visible: number;
  /** In flight: received and not deleted. */
  readonly notVisible: number;
  readonly delayed: number;
  /**
   * When the oldest one came into the queue, in milliseconds since 1970: undefined where there is none.
   * One that was received three times here does not count (documented:
   * SQS/sqs-available-cloudwatch-metrics).
   */
  readonly oldestAt: number | undefined;
}

const poisonous = 3;

/** Counts messages at a time in milliseconds since 1970. */
export function depthsOf(messages: Iterable<StoredMessage>, now: number): Depths {
  let [visible, notVisible, delayed] = [0, 0, 0];
  let oldestAt: number | undefined;
  for (const { visibleAt, receiptHandle, receiveCount, movedFrom, arrivedAt } of messages) {
    if (visibleAt <= now) visible += 1;
    else if (receiptHandle === undefined) delayed += 1;
    else notVisible += 1;
    if (movedFrom === undefined && receiveCount >= poisonous) continue;
    oldestAt = Math.min(oldestAt ?? arrivedAt, arrivedAt);
  }
  return { visible, notVisible, delayed, oldestAt };
}
