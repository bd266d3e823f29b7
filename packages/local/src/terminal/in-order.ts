/** Puts events from several sources into the order of their timestamps. */
import type { LogEvent } from "../services/cloudwatch-logs/log-groups.ts";

/** Events that wait for their turn. */
interface OrderedEvents {
  add(event: LogEvent): void;
  /** Hands on, in order, all that wait. */
  flush(): void;
}

/**
 * Collects the events of `waitMs` milliseconds, from the first on, and hands them on by their
 * timestamps; those of the same time in the order in which they came.
 */
export function createOrderedEvents(
  handOn: (event: LogEvent) => void,
  waitMs: number,
): OrderedEvents {
  let waiting: LogEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const events = waiting.toSorted((one, other) => one.timestamp - other.timestamp);
    waiting = [];
    for (const event of events) handOn(event);
  };
  return {
    add(event) {
      waiting.push(event);
      timer ??= setTimeout(flush, waitMs);
    },
    flush,
  };
}
