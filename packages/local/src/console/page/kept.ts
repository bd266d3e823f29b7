/** State that outlives its view, until the page is left. */
import { useEffect, useState } from "./hooks.ts";

/** A value that is kept. */
export interface Kept<T> {
  get(): T;
  set(value: T): void;
  /** Tells of each change, until the function that it gives is called. */
  subscribe(onChange: (value: T) => void): () => void;
}

/** Keeps a value. */
export function keep<T>(initial: T): Kept<T> {
  let kept = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => kept,
    set(value) {
      kept = value;
      for (const listener of listeners) listener(value);
    },
    subscribe(onChange) {
      listeners.add(onChange);
      return () => void listeners.delete(onChange);
    },
  };
}

/** The kept value, as it is now. */
export function useKept<T>(kept: Kept<T>): T {
  const [value, setValue] = useState(kept.get());
  useEffect(() => {
    const update = () => setValue(kept.get());
    update();
    return kept.subscribe(update);
  }, [kept]);
  return value;
}
