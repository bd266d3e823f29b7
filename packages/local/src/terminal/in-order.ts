/** Orders events from several sources by their timestamps. */
import type { LogEvent } from "../services/cloudwatch-logs/log-groups.ts";

/** A buffer of events. */
interface OrderedEvents {
  add(event: LogEvent): void;
  /** Emits all buffered events in order. */
  flush(): void;
}

/**
 * Buffers events for `waitMs` milliseconds from the first on, then emits them by their timestamps;
 * those of the same time in the order in which they came.
 */
export function createOrderedEvents(
  emit: (event: LogEvent) => void,
  waitMs: number,
): OrderedEvents {
  let buffered: LogEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const events = buffered.toSorted((one, other) => one.timestamp - other.timestamp);
    buffered = [];
    for (const event of events) emit(event);
  };
  return {
    add(event) {
      buffered.push(event);
      timer ??= setTimeout(flush, waitMs);
    },
    flush,
  };
}
