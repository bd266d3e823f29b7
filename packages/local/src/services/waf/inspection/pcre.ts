/** Translates the regular expressions of AWS WAF, which are PCRE on bytes, to JavaScript. */
import { UnsupportedRuleError } from "../settings/errors.ts";

/** A construct with the same meaning in both, or that `write` translates. */
interface Token {
  /** Sticky: it is matched where the last token ended. */
  readonly pattern: RegExp;
  readonly write?: (text: string) => string;
}

/** White space in PCRE; JavaScript's own would also match a byte beyond ASCII. */
const space = String.raw` \t-\r`;
const sharedEscape = /\\(?:[dDwWnrtf]|x[\dA-Fa-f]{2}|[^A-Za-z\d])/y;

const outsideClass: readonly Token[] = [
  { pattern: sharedEscape },
  { pattern: /\\[bB]/y },
  { pattern: /\\s/y, write: () => `[${space}]` },
  { pattern: /\\S/y, write: () => `[^${space}]` },
  // In PCRE a bracket that comes first in a class is a member of it.
  { pattern: /\[\^?\]?/y, write: (text) => text.replace("]", String.raw`\]`) },
  { pattern: /\./y, write: () => String.raw`[^\n]` },
  { pattern: /\$/y, write: () => String.raw`(?=\n?(?![^]))` },
  // AWS WAF supports more look-arounds, but does not document which.
  { pattern: /\(\?[:=!]|\((?![?*])/y },
  { pattern: /(?:[*+?]|\{\d+(?:,\d*)?\})\??(?!\+)/y },
  { pattern: /[^\\[.$(*+?]/y },
];

const insideClass: readonly Token[] = [
  { pattern: sharedEscape },
  { pattern: /\\s/y, write: () => space },
  { pattern: /\[(?![:.=])/y, write: () => String.raw`\[` },
  { pattern: /[^\\[]/y },
];

/**
 * Translates a pattern. Only constructs with a known meaning are accepted, since a pattern that
 * silently meant something else would be worse. Of the options, `(?i)` at the start is accepted.
 * @throws UnsupportedRuleError quoting the pattern from the unsupported construct on.
 */
export function compilePcre(pattern: string): RegExp {
  const bytes = Buffer.from(pattern, "utf8").toString("latin1");
  const isCaseless = bytes.startsWith("(?i)");
  let source = "";
  let at = isCaseless ? 4 : 0;
  let inClass = false;
  while (at < bytes.length) {
    const token = nextToken(inClass ? insideClass : outsideClass, bytes, at);
    if (!token) throw unsupported(pattern, bytes.slice(at));
    source += token.written;
    at += token.text.length;
    inClass = inClass ? token.text !== "]" : token.text.startsWith("[");
  }
  try {
    return new RegExp(source, isCaseless ? "i" : "");
  } catch {
    throw unsupported(pattern, bytes);
  }
}

function nextToken(
  tokens: readonly Token[],
  bytes: string,
  at: number,
): { text: string; written: string } | undefined {
  for (const { pattern, write } of tokens) {
    pattern.lastIndex = at;
    const text = pattern.exec(bytes)?.[0];
    if (text !== undefined) return { text, written: write?.(text) ?? text };
  }
  return undefined;
}

function unsupported(pattern: string, rest: string): UnsupportedRuleError {
  return new UnsupportedRuleError(
    `The local cloud does not support the regular expression "${pattern}" from "${rest}" on.`,
  );
}
