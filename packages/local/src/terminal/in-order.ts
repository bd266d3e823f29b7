/** Orders what several sources tell by its timestamps. */

/** What has a time, in milliseconds since 1970. */
interface Timed {
  readonly timestamp: number;
}

/** A buffer of events. */
interface OrderedEvents<Event> {
  add(event: Event): void;
  /** Emits all buffered events in order. */
  flush(): void;
}

/**
 * Emits each event `waitMs` milliseconds after its timestamp, in the order of timestamps; those of
 * the same time in the order in which they came. One that comes later than that is emitted next, out
 * of order.
 */
export function createOrderedEvents<Event extends Timed>(
  emit: (event: Event) => void,
  waitMs: number,
): OrderedEvents<Event> {
  let buffered: { readonly event: Event; readonly dueAt: number }[] = [];
  let timer: NodeJS.Timeout | undefined;

  function emitUntil(time: number): void {
    const due = buffered.filter(({ dueAt }) => dueAt <= time);
    buffered = buffered.filter(({ dueAt }) => dueAt > time);
    for (const { event } of due.toSorted((a, b) => a.event.timestamp - b.event.timestamp)) {
      emit(event);
    }
  }

  /** Behind what is already in the pipes of functions: a busy process comes late to its timers. */
  function emitDue(): void {
    setImmediate(() => {
      timer = undefined;
      emitUntil(Date.now());
      schedule();
    });
  }

  function schedule(): void {
    if (timer !== undefined || buffered.length === 0) return;
    const next = buffered.reduce((least, { dueAt }) => Math.min(least, dueAt), Infinity);
    timer = setTimeout(emitDue, Math.max(next - Date.now(), 0));
  }

  return {
    add(event) {
      // A clock that is ahead delays nothing.
      const dueAt = Math.min(event.timestamp, Date.now()) + waitMs;
      buffered.push({ event, dueAt });
      schedule();
    },
    flush() {
      clearTimeout(timer);
      timer = undefined;
      emitUntil(Infinity);
    },
  };
}
