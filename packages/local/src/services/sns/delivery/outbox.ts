/** A subscription's outbox: its messages one by one, in order. */

/** The messages that are not delivered yet. */
export interface Outbox<T> {
  /** Whether there is room for a message of so many bytes. */
  hasRoomFor(bytes: number): boolean;
  /** Delivers a message of so many bytes, once those before it are. */
  push(message: T, bytes: number): void;
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

/** Bytes of the messages that wait. */
const mostBytes = 16 * 1024 * 1024;

/** What a message takes besides its texts. */
const messageBytes = 1000;

/** Creates an empty outbox. What fails is retried without end (SNS/sns-message-delivery-retries). */
export function createOutbox<T>({ deliver, onFailure, retryDelayMs }: OutboxOptions<T>): Outbox<T> {
  const messages: { readonly message: T; readonly bytes: number }[] = [];
  let retry: NodeJS.Timeout | undefined;
  let isClosed = false;

  function deliverAll(): void {
    retry = undefined;
    for (let [next] = messages; next !== undefined; [next] = messages) {
      try {
        deliver(next.message);
      } catch (error) {
        onFailure(error, next.message);
        retry = setTimeout(deliverAll, retryDelayMs);
        return;
      }
      messages.shift();
    }
  }

  return {
    hasRoomFor: (bytes) =>
      messages.reduce((sum, waiting) => sum + waiting.bytes + messageBytes, bytes) <= mostBytes,
    push(message, bytes) {
      if (isClosed) return;
      messages.push({ message, bytes });
      if (messages.length === 1) deliverAll();
    },
    close() {
      isClosed = true;
      messages.length = 0;
      clearTimeout(retry);
    },
  };
}
