/** Items in turn. */

/** Hands the items out in turn, for ever. */
export function cycle<T>(items: readonly T[]): () => T {
  let next = 0;
  return () => {
    const item = items[next++ % items.length];
    if (item === undefined) throw new RangeError("Nothing to hand out.");
    return item;
  };
}
