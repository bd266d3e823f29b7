/**
 * Translates regular expressions to RE2, whose time is linear in the text: by backtracking, a text of
 * 30 characters can take `(a+)+$` seconds.
 */
import { RE2JS } from "re2js";

/** A construct with the same meaning in both, or that `write` translates. */
export interface Token {
  /** Sticky: it is matched where the last token ended. */
  readonly pattern: RegExp;
  readonly write?: (text: string) => string;
}

/** The constructs of a dialect that have a known meaning, outside and inside of a class. */
export interface Dialect {
  readonly outsideClass: readonly Token[];
  readonly insideClass: readonly Token[];
}

/** A compiled expression, or what of it could not be translated. */
type Translation = { readonly compiled: RE2JS } | { readonly unsupported: string };

/**
 * The time grows with the pattern's length as well, and a counted repetition counts as often as it
 * repeats.
 */
const MAX_STEPS = 1_000;

/**
 * Translates an expression, with options of RE2. Only constructs of the dialect are accepted, since an
 * expression that silently meant something else would be worse.
 */
export function compileLinear(
  expression: string,
  { outsideClass, insideClass }: Dialect,
  flags = 0,
): Translation {
  let source = "";
  let at = 0;
  let inClass = false;
  while (at < expression.length) {
    const token = nextToken(inClass ? insideClass : outsideClass, expression, at);
    if (!token) return { unsupported: expression.slice(at) };
    source += token.written;
    at += token.text.length;
    inClass = inClass ? token.text !== "]" : token.text.startsWith("[");
  }
  const compiled = compile(source, flags);
  if (compiled === undefined || compiled.programSize() > MAX_STEPS) {
    return { unsupported: expression };
  }
  return { compiled };
}

function compile(source: string, flags: number): RE2JS | undefined {
  try {
    return RE2JS.compile(source, flags);
  } catch {
    return undefined;
  }
}

function nextToken(
  tokens: readonly Token[],
  expression: string,
  at: number,
): { text: string; written: string } | undefined {
  for (const { pattern, write } of tokens) {
    pattern.lastIndex = at;
    const text = pattern.exec(expression)?.[0];
    if (text !== undefined) return { text, written: write?.(text) ?? text };
  }
  return undefined;
}
