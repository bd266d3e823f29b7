/** Translates the regular expressions of AWS WAF, which are PCRE on bytes, to RE2. */
import { RE2JS } from "re2js";
import { compileLinear, type Dialect, type Token } from "../../../text/linear-pattern.ts";
import { UnsupportedRuleError } from "../settings/errors.ts";

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

const pcre: Dialect = { outsideClass, insideClass };

/**
 * Translates a pattern. Of the options, `(?i)` at the start is accepted. AWS WAF rejects large
 * patterns as well, without saying from where on.
 * @throws UnsupportedRuleError quoting the pattern from the unsupported construct on.
 */
export function compilePcre(pattern: string): RE2JS {
  const bytes = Buffer.from(pattern, "utf8").toString("latin1");
  const isCaseless = bytes.startsWith("(?i)");
  // PCRE folds only ASCII here, and RE2 every letter.
  if (isCaseless && /[\x80-\xff]|\\x[89A-Fa-f]/.test(bytes)) throw unsupported(pattern, bytes);
  const translation = isCaseless
    ? compileLinear(bytes.slice(4), pcre, RE2JS.CASE_INSENSITIVE)
    : compileLinear(bytes, pcre);
  if ("unsupported" in translation) throw unsupported(pattern, translation.unsupported);
  return translation.compiled;
}

function unsupported(pattern: string, rest: string): UnsupportedRuleError {
  return new UnsupportedRuleError(
    `The local cloud does not support the regular expression "${pattern}" from "${rest}" on.`,
  );
}
