/** Escapes text of others before it reaches a terminal: the one list of what is unsafe there. */

/**
 * Control characters (which move the cursor, change colors or start a new line), line and
 * paragraph separators, the marks that reorder a whole line, and halves of surrogate pairs.
 * Joiners and directional letters stay, so that emoji and right-to-left names are not changed.
 */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

/** How white space that is unsafe is written; of the others, the number. */
const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Replaces every unsafe character with its escape (`\n`, `\x1b`, `\u202e`): the result is one line. */
export function escapeForTerminal(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0);
    return SHORT[character] ?? (code < 0x100 ? `\\x${hex(code, 2)}` : unicodeEscape(character));
  });
}

/** The same for a text of several lines, which may hold tabs. */
export function escapeLines(text: string): string {
  return text.replace(/[^\n\t]+/g, escapeForTerminal);
}

/**
 * Escapes JSON, or lines of a log that may be JSON: as `JSON.stringify` does, which leaves out the
 * controls from U+007F on, separators and marks. The value stays: only strings hold these characters.
 */
export function escapeInJson(json: string): string {
  return json.replace(UNSAFE, (character) =>
    character in SHORT ? character : unicodeEscape(character),
  );
}

function unicodeEscape(character: string): string {
  return `\\u${hex(character.charCodeAt(0), 4)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
