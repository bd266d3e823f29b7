/** Escapes untrusted text for a terminal. */

/**
 * Control characters (which move the cursor, change colors or start a new line), line and
 * paragraph separators, the marks that reorder a whole line, and halves of surrogate pairs.
 * Joiners and directional letters stay, so that emoji and right-to-left names are not changed.
 */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Replaces every unsafe character with its escape (`\n`, `\x1b`, `\u202e`): the result is one line. */
export function escapeForTerminal(text: string): string {
  return text.replace(UNSAFE, (character) => SHORT[character] ?? escapeOf(character));
}

function escapeOf(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}
