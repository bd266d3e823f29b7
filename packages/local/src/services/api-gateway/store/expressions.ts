/**
 * Regular expressions in the configuration of an API: those of ECMA 262 (JSON Schema draft 4 names it),
 * with Unicode properties, translated to RE2.
 */
import type { RE2JS } from "re2js";
import { compileLinear, type Dialect, type Token } from "../../../text/linear-pattern.ts";
import { ConfigurationError, UnsupportedConfigurationError } from "./configuration-errors.ts";

/** White space and line ends in ECMA 262; RE2's own are ASCII. */
const space = String.raw`\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`;
const lineEnd = String.raw`\n\r\x{2028}\x{2029}`;

const codePoint = (digits: string) => String.raw`\x{${digits}}`;

/** Of properties the general categories, by their short names, and the scripts. */
const sharedEscapes: readonly Token[] = [
  { pattern: /\\(?:[dDwWtnvfr]|x[\dA-Fa-f]{2}|[$()*+./?[\\\]^{|}-])/y },
  { pattern: /\\0/y, write: () => codePoint("0") },
  {
    pattern: /\\c[A-Za-z]/y,
    write: (text) => codePoint((text.charCodeAt(2) % 32).toString(16)),
  },
  {
    pattern: /\\u(?:[Dd][89ABab][\dA-Fa-f]{2}\\u[Dd][C-Fc-f][\dA-Fa-f]{2})/y,
    write: (text) => {
      const pair = text.split(String.raw`\u`).map((unit) => Number.parseInt(unit, 16));
      return codePoint((String.fromCharCode(...pair.slice(1)).codePointAt(0) ?? 0).toString(16));
    },
  },
  { pattern: /\\u(?![Dd][89A-Fa-f])[\dA-Fa-f]{4}/y, write: (text) => codePoint(text.slice(2)) },
  { pattern: /\\u\{0*[\dA-Fa-f]{1,6}\}/y, write: (text) => `\\x${text.slice(2)}` },
  {
    pattern: /\\[pP]\{(?:(?:(?:General_Category|gc)=)?[CLMNPSZ][a-z]?|(?:Script|sc)=\w+)\}/y,
    write: (text) => text.replace(/\{\w+=/, "{"),
  },
];

const outsideClass: readonly Token[] = [
  ...sharedEscapes,
  { pattern: /\\[bB]/y },
  { pattern: /\\s/y, write: () => `[${space}]` },
  { pattern: /\\S/y, write: () => `[^${space}]` },
  { pattern: /\[(?:\^(?!\])|(?![\]^]))/y },
  { pattern: /\./y, write: () => `[^${lineEnd}]` },
  { pattern: /\$/y, write: () => String.raw`\z` },
  { pattern: /\(\?<[\w$]+>/y, write: () => "(" },
  { pattern: /\(\?:|\((?!\?)/y },
  { pattern: /[^\\[.$(]/uy },
];

const insideClass: readonly Token[] = [
  ...sharedEscapes,
  { pattern: /\\b/y, write: () => codePoint("8") },
  { pattern: /\\s/y, write: () => space },
  { pattern: /\[/y, write: () => String.raw`\[` },
  { pattern: /[^\\[]/uy },
];

const ecma: Dialect = { outsideClass, insideClass };

/**
 * Compiles an expression; its `test` finds a match anywhere in a text, its `matches` takes the whole.
 * @throws ConfigurationError when it is not a regular expression; UnsupportedConfigurationError
 * quoting it from the unsupported construct on: look-arounds and references above all.
 */
export function compileExpression(expression: string): RE2JS {
  checkSyntax(expression);
  const translation = compileLinear(expression, ecma);
  if ("compiled" in translation) return translation.compiled;
  throw new UnsupportedConfigurationError(
    `the regular expression "${expression}" from "${translation.unsupported}" on`,
  );
}

function checkSyntax(expression: string): void {
  try {
    RegExp(expression, "u");
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new ConfigurationError(
      "BadRequestException",
      `"${expression}" is not a regular expression: ${cause.message}`,
    );
  }
}
