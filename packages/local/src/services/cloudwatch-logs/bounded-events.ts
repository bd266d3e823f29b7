/** The newest events of a log group, bounded by their number and their size. */

const MAX_EVENTS = 10_000;
/** UTF-16 units of all messages together: about 32 MB a group at the most. */
const MAX_TEXT = 16 * 1024 * 1024;

/** A list that drops its oldest events. */
export interface BoundedEvents<Event> {
  add(event: Event): void;
  /** A copy, oldest first. */
  list(): Event[];
}

/** Creates an empty list; adding takes constant time. */
export function createBoundedEvents<
  Event extends { readonly message: string },
>(): BoundedEvents<Event> {
  let events: Event[] = [];
  let oldest = 0;
  let text = 0;

  function dropOldest(): void {
    text -= events[oldest]?.message.length ?? 0;
    oldest += 1;
    if (oldest < MAX_EVENTS) return;
    events = events.slice(oldest);
    oldest = 0;
  }

  function add(event: Event): void {
    events.push(event);
    text += event.message.length;
    while (events.length - oldest > MAX_EVENTS || text > MAX_TEXT) dropOldest();
  }

  return {
    add,
    list: () => events.slice(oldest),
  };
}
