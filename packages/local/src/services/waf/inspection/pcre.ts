/**
 * Translates the regular expressions of AWS WAF, which are PCRE on bytes, to RE2, whose time is linear
 * in the text: by backtracking, a text of 30 characters can take `(a+)+$` seconds.
 */
import { RE2JS } from "re2js";
import { UnsupportedRuleError } from "../settings/errors.ts";

/** A construct with the same meaning in both, or that `write` translates. */
interface Token {
  /** Sticky: it is matched where the last token ended. */
  readonly pattern: RegExp;
  readonly write?: (text: string) => string;
}

/**
 * The time grows with the pattern's length as well, and a counted repetition counts as often as it
 * repeats. AWS WAF rejects large ones, without saying from where on.
 */
const MAX_STEPS = 1_000;

/** White space in PCRE; RE2's own has no vertical tab. */
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
  // Also before a last line break, which RE2 has to consume: nothing may follow that could match it.
  { pattern: /\$(?=[|)]|$)/y, write: () => String.raw`(?:\n?\z)` },
  // AWS WAF supports some look-arounds, but does not document which; RE2 has none.
  { pattern: /\(\?:|\((?![?*])/y },
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
export function compilePcre(pattern: string): RE2JS {
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
  // PCRE folds only ASCII here, and RE2 every letter.
  if (isCaseless && /[\x80-\xff]|\\x[89A-Fa-f]/.test(bytes)) throw unsupported(pattern, bytes);
  const compiled = compile(source, isCaseless);
  if (compiled === undefined || compiled.programSize() > MAX_STEPS) {
    throw unsupported(pattern, bytes);
  }
  return compiled;
}

function compile(source: string, isCaseless: boolean): RE2JS | undefined {
  try {
    return RE2JS.compile(source, isCaseless ? RE2JS.CASE_INSENSITIVE : 0);
  } catch {
    return undefined;
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
