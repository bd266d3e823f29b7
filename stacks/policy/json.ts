/** Parsing of text that may not be JSON. */

/** The parsed text, or undefined if it is not JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
