/** Shortens what a caller sends, for a line of a terminal. */

/** By default the most of a path that is shown, which can have kilobytes. */
export function shorten(text: string, length = 100): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
