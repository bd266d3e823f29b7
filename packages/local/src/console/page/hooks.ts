/** Effects and state that end with their component. Hono's go on once it is removed, and draw it again. */
import { useCallback, useLayoutEffect, useRef, useState as useHonoState } from "hono/jsx/dom";

type SetState<T> = (next: T | ((current: T) => T)) => void;

/** An effect in the next frame, unless the component was removed by then. */
export function useEffect(effect: () => void | (() => void), deps: readonly unknown[]): void {
  // Hono would run it all the same, and never clean up after it.
  useLayoutEffect(() => {
    let cleanUp: void | (() => void);
    const frame = requestAnimationFrame(() => {
      cleanUp = effect();
    });
    return () => {
      cancelAnimationFrame(frame);
      cleanUp?.();
    };
  }, deps);
}

/** State that no longer changes once the component was removed. */
export function useState<T>(initial: T): readonly [T, SetState<T>] {
  const [state, setState] = useHonoState(initial);
  const isRemoved = useRef(false);
  useLayoutEffect(() => {
    isRemoved.current = false;
    return () => void (isRemoved.current = true);
  }, []);
  const set = useCallback<SetState<T>>((next) => {
    if (!isRemoved.current) setState(next);
  }, []);
  return [state, set];
}
