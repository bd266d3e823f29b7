/** A list of the newest items, bounded by their number and by the memory that they hold. */

/** The bounds of a list. */
interface Bounds {
  readonly mostItems: number;
  readonly mostBytes: number;
}

/** A list that drops its oldest items. */
export interface BoundedList<Item> {
  /** Adds an item that holds so many bytes. */
  add(item: Item, bytes: number): void;
  /** A copy, oldest first. */
  list(): Item[];
}

interface Entry<Item> {
  readonly item: Item;
  readonly bytes: number;
}

/** Creates an empty list; adding takes constant time. */
export function createBoundedList<Item>({ mostItems, mostBytes }: Bounds): BoundedList<Item> {
  let entries: (Entry<Item> | undefined)[] = [];
  let oldest = 0;
  let held = 0;

  function dropOldest(): void {
    held -= entries[oldest]?.bytes ?? 0;
    // At once: until the list is copied, a dropped item would be held.
    entries[oldest] = undefined;
    oldest += 1;
    if (oldest < mostItems) return;
    entries = entries.slice(oldest);
    oldest = 0;
  }

  function add(item: Item, bytes: number): void {
    entries.push({ item, bytes });
    held += bytes;
    while (entries.length - oldest > mostItems || held > mostBytes) dropOldest();
  }

  return {
    add,
    list: () => entries.slice(oldest).flatMap((entry) => (entry ? [entry.item] : [])),
  };
}
