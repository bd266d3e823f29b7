/** Patterns as policies write them. */

/** Tells whether a text matches a pattern: `*` for any text, `?` for one character. */
export function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[$()+.[\\\]^{|}]/g, "\\$&")
    .replace(/\*+/g, "[^]*")
    .replaceAll("?", "[^]");
  return new RegExp(`^${source}$`, "u").test(text);
}
