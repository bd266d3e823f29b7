/** Server-sent events for one listener, who may be slow: what it has not read is bounded. */

/** Events that wait for a listener; one more and all of them are dropped. */
const mostWaiting = 256;

/** Shorter than the timeout of a connection on which nothing is sent. */
const heartbeatMs = 10_000;

/**
 * Streams what a source sends, as JSON, under the event `type`. A listener who does not keep up misses
 * what waited, and gets a `gap` event with their number in its place. `subscribe` returns the unsubscribe.
 */
export function createEventStream<Value>(
  type: string,
  subscribe: (listener: (value: Value) => void) => () => void,
  toJson: (value: Value) => string,
): ReadableStream<string> {
  let waiting: string[] = [];
  let missed = 0;
  let wake: (() => void) | undefined;
  let isOver = false;
  let end: (() => void) | undefined;

  function add(text: string): void {
    if (waiting.length === mostWaiting) {
      missed += waiting.length;
      waiting = [];
    }
    waiting.push(text);
    wake?.();
  }

  return new ReadableStream<string>({
    start(controller) {
      // Sent at once, so that the listener knows that nothing after this is missed.
      controller.enqueue(": connected\n\n");
      const unsubscribe = subscribe((value) => add(`event: ${type}\ndata: ${toJson(value)}\n\n`));
      const timer = setInterval(() => {
        if (waiting.length === 0) add(": still here\n\n");
      }, heartbeatMs);
      timer.unref();
      end = () => {
        isOver = true;
        clearInterval(timer);
        unsubscribe();
        wake?.();
      };
    },
    async pull(controller) {
      if (waiting.length === 0) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await promise;
        wake = undefined;
      }
      if (isOver) return;
      const gap = missed === 0 ? "" : `event: gap\ndata: {"missed":${missed}}\n\n`;
      const texts = waiting;
      [waiting, missed] = [[], 0];
      controller.enqueue(gap + texts.join(""));
    },
    cancel: () => end?.(),
  });
}
