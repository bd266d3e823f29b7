/** A subscription's outbox: its messages one by one, in order. */

/** The messages that are not delivered yet. */
export interface Outbox<T> {
  /** Delivers a message, once those before it are. */
  push(message: T): void;
  /** Drops what is left; later messages are ignored. */
  close(): void;
}

/** The dependencies of an outbox. */
export interface OutboxOptions<T> {
  /** Throws when the message must be delivered again. */
  readonly deliver: (message: T) => void;
  readonly onFailure: (error: unknown, message: T) => void;
  readonly retryDelayMs: number;
}

/** Creates an empty outbox. What fails is retried without end (SNS/sns-message-delivery-retries). */
export function createOutbox<T>({ deliver, onFailure, retryDelayMs }: OutboxOptions<T>): Outbox<T> {
  const messages: T[] = [];
  let retry: NodeJS.Timeout | undefined;
  let isClosed = false;

  function deliverAll(): void {
    retry = undefined;
    for (let [next] = messages; next !== undefined; [next] = messages) {
      try {
        deliver(next);
      } catch (error) {
        onFailure(error, next);
        retry = setTimeout(deliverAll, retryDelayMs);
        return;
      }
      messages.shift();
    }
  }

  return {
    push(message) {
      if (isClosed) return;
      messages.push(message);
      if (messages.length === 1) deliverAll();
    },
    close() {
      isClosed = true;
      messages.length = 0;
      clearTimeout(retry);
    },
  };
}
