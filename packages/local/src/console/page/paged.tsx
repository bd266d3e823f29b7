/** A long list, of which the beginning is drawn, and more at each press of a button. */
import { type Child, useRef } from "hono/jsx/dom";
import { useEffect, useState } from "./hooks.ts";

interface PagedProps<Item> {
  readonly items: readonly Item[];
  /** How many are drawn at first, and more by each press. */
  readonly size?: number;
  readonly draw: (items: readonly Item[]) => Child;
}

/** The list, and the button while there is more. */
export function Paged<Item>({ items, size = 20, draw }: PagedProps<Item>) {
  const [shown, setShown] = useState(size);
  const place = useRef<HTMLElement>(null);

  // Who pressed the button goes on with the first of those that it brought.
  useEffect(() => {
    if (shown === size) return;
    const list = place.current?.querySelector("tbody, ol") ?? place.current;
    const row = list?.children[shown - size];
    if (!(row instanceof HTMLElement)) return;
    row.tabIndex = -1;
    row.focus();
  }, [shown, size]);

  return (
    <div ref={place} class="paged">
      {draw(items.slice(0, shown))}
      {items.length > shown ? (
        <button type="button" onClick={() => setShown(shown + size)}>
          Show {Math.min(size, items.length - shown)} more of {items.length}
        </button>
      ) : null}
    </div>
  );
}
