/** Server-sent events for one listener, who may be slow: what it has not read is bounded. */
import { setTimeout as delay } from "node:timers/promises";

/** Values that wait for a listener; with one more, the oldest is dropped. */
export const mostWaiting = 200;

/** What comes within this time is sent together: writing each by itself would slow down what is watched. */
const batchMs = 250;

/** The same while more come than anyone can read: `mostLegible` within a batch. */
const floodBatchMs = 1_000;
const mostLegible = 10;

/** Shorter than the timeout of a connection on which nothing is sent. */
const heartbeatMs = 10_000;

/**
 * Streams what a source sends, as JSON, under the event `type`: a first value at once, those that follow
 * it in batches, and a value that comes again before it is sent only once, as it is then. A listener who
 * does not keep up gets a `gap` event with the number of those that it missed. `wait` is between batches.
 */
export function createEventStream<Value>(
  type: string,
  subscribe: (listener: (value: Value) => void) => () => void,
  toJson: (value: Value) => string,
  wait = (ms: number): Promise<void> => delay(ms, undefined, { ref: false }),
): ReadableStream<string> {
  const waiting = new Set<Value>();
  let missed = 0;
  let waitMs = batchMs;
  let wake: (() => void) | undefined;
  let isOver = false;
  let end: (() => void) | undefined;

  function add(value: Value): void {
    waiting.delete(value);
    waiting.add(value);
    for (const oldest of waiting) {
      if (waiting.size <= mostWaiting) break;
      waiting.delete(oldest);
      missed += 1;
    }
    wake?.();
  }

  function takeBatch(): string {
    const gap = missed === 0 ? "" : `event: gap\ndata: {"missed":${missed}}\n\n`;
    waitMs = waiting.size + missed > mostLegible ? floodBatchMs : batchMs;
    const events = Array.from(waiting, (value) => `event: ${type}\ndata: ${toJson(value)}\n\n`);
    waiting.clear();
    missed = 0;
    return gap + events.join("");
  }

  return new ReadableStream<string>({
    start(controller) {
      // Sent at once, so that the listener knows that nothing after this is missed.
      controller.enqueue(": connected\n\n");
      const unsubscribe = subscribe(add);
      const timer = setInterval(() => wake?.(), heartbeatMs);
      timer.unref();
      end = () => {
        isOver = true;
        clearInterval(timer);
        unsubscribe();
        wake?.();
      };
    },
    async pull(controller) {
      await wait(waitMs);
      if (waiting.size === 0 && !isOver) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await promise;
        wake = undefined;
      }
      if (!isOver) controller.enqueue(takeBatch() || ": still here\n\n");
    },
    cancel: () => end?.(),
  });
}
