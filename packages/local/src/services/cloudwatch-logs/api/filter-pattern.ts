/** Filter patterns of FilterLogEvents: terms and JSON (LOGS/FilterAndPatternSyntax). */
import { unsupported, type AwsError } from "../../../aws-protocol/errors.ts";
import { parseJsonPattern } from "./json-pattern.ts";
import { invalidPattern, unescapeText, type Matches } from "./pattern-text.ts";

/** A word, or a quoted phrase, with its optional sign. */
const term = /^(?<sign>[?-]?)(?:(?<word>\w+)|"(?<phrase>(?:[^"\\]|\\.)*)")(?=\s|$)/;

/**
 * Compiles a pattern; the empty one matches every message. Terms match anywhere in a message,
 * case-sensitively: all plain ones must occur, none with `-`, one of those with `?`.
 * @throws AwsError for what AWS rejects and, by name, for unsupported syntax.
 */
export function parseFilterPattern(pattern: string): Matches {
  const text = pattern.trim();
  if (text.startsWith("{")) return parseJsonPattern(text);
  if (text.startsWith("[")) throw missing("space-delimited filter patterns");
  const terms = parseTerms(text);
  const of = (sign: string) => terms.flatMap((one) => (one.sign === sign ? [one.text] : []));
  const [plain, excluded, optional] = [of(""), of("-"), of("?")];
  if (optional.length > 0 && optional.length < terms.length) {
    throw missing("filter patterns with both optional and other terms");
  }
  return (message) =>
    plain.every((one) => message.includes(one)) &&
    !excluded.some((one) => message.includes(one)) &&
    (optional.length === 0 || optional.some((one) => message.includes(one)));
}

function parseTerms(pattern: string): { sign: string; text: string }[] {
  const terms = [];
  for (let rest = pattern; rest !== "";) {
    if (rest.startsWith("%")) throw missing("regular expressions in filter patterns");
    const found = term.exec(rest);
    if (found === null) throw invalidPattern(rest.split(/\s/)[0] ?? rest);
    const { sign = "", word, phrase = "" } = found.groups ?? {};
    terms.push({ sign, text: word ?? unescapeText(phrase) });
    rest = rest.slice(found[0].length).trimStart();
  }
  return terms;
}

function missing(what: string): AwsError {
  return unsupported(what, "InvalidParameterException");
}
