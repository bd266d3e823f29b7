/** What is said of a list that is empty. */
import type { Child } from "hono/jsx/dom";

/** The text; nothing where the list has items, or nothing is known of it. */
export function None({ of, text }: { of: readonly unknown[] | undefined; text: Child }) {
  return of?.length === 0 ? <p class="quiet none">{text}</p> : null;
}
