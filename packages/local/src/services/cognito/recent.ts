/** Values that are forgotten a while after their time. */

/** A map whose entries end by themselves; nothing else drops one, so a flood of others cannot. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

/**
 * Creates an empty map whose entries last `span` milliseconds; `now` returns milliseconds since 1970,
 * and so is the time of a value, which is set no earlier than those before it.
 */
export function createRecent<Value extends { readonly at: number }>(
  span: number,
  now: () => number,
): Recent<Value> {
  // The oldest first.
  const entries = new Map<string, Value>();

  function forget(): void {
    for (const [key, { at }] of entries) {
      if (now() - at < span) return;
      entries.delete(key);
    }
  }

  return {
    get(key) {
      forget();
      return entries.get(key);
    },
    set(key, value) {
      forget();
      entries.delete(key);
      entries.set(key, value);
    },
    delete(key) {
      entries.delete(key);
    },
  };
}
