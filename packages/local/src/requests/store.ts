/** Keeps records of requests, bounded by their number and by the memory that they hold. */

/** The bounds: of all requests, and of what is kept of one. */
export const bounds = { mostRequests: 1000, mostBytes: 32 * 1024 * 1024, mostSteps: 200 };

/** Records by their ids; the oldest go first. */
export interface RequestStore<Entry> {
  add(id: string, entry: Entry, bytes: number): void;
  /** Counts memory that a record has come to hold. */
  grow(id: string, bytes: number): void;
  find(id: string): Entry | undefined;
  /** Newest first. */
  newestFirst(): Entry[];
}

/** Creates an empty store; adding takes constant time. */
export function createRequestStore<Entry>({
  mostRequests,
  mostBytes,
} = bounds): RequestStore<Entry> {
  const kept = new Map<string, { readonly entry: Entry; bytes: number }>();
  let held = 0;

  function dropOldest(): void {
    for (const [id, { bytes }] of kept) {
      if (kept.size <= mostRequests && held <= mostBytes) return;
      held -= bytes;
      kept.delete(id);
    }
  }

  function grow(id: string, bytes: number): void {
    const found = kept.get(id);
    if (found === undefined) return;
    found.bytes += bytes;
    held += bytes;
    dropOldest();
  }

  return {
    add(id, entry, bytes) {
      kept.set(id, { entry, bytes: 0 });
      grow(id, bytes);
    },
    grow,
    find: (id) => kept.get(id)?.entry,
    newestFirst: () => [...kept.values()].map(({ entry }) => entry).toReversed(),
  };
}
