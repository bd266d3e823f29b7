/** A message that came into a dead-letter queue, as the local cloud tells its user. */

/** Where it came from, and why; nothing of the message itself. */
export interface DeadLetter {
  readonly queueArn: string;
  /** The function that failed, the topic that could not deliver, or the queue of an earlier consumer. */
  readonly sourceArn: string;
  readonly reason: string;
}
