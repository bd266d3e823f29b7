/** The tokens of metric math. */
import { invalidExpression } from "./errors.ts";

/** A token, with where it stands for errors. */
export interface Token {
  readonly kind: "number" | "text" | "name" | "sign" | "end";
  readonly text: string;
  readonly at: number;
}

/** `AND` and `OR` are names here; the parser reads them as `&&` and `||`. */
const token =
  /\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<text>"[^"]*"|'[^']*')|(?<name>[A-Za-z]\w*)|(?<sign>&&|\|\||[=!<>]=|[-+*/^<>()[\],]))/y;

/** The tokens of an expression, the last of which is its end. @throws AwsError for another character. */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  const text = expression.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const start = token.lastIndex;
    const groups = token.exec(text)?.groups;
    if (groups === undefined) throw invalidExpression(`it cannot be read from character ${start}`);
    tokens.push({ ...kindOf(groups), at: start });
  }
  return [...tokens, { kind: "end", text: "its end", at: text.length }];
}

function kindOf({ number, text, name, sign = "" }: Partial<Record<string, string>>) {
  if (number !== undefined) return { kind: "number", text: number } as const;
  if (text !== undefined) return { kind: "text", text: text.slice(1, -1) } as const;
  if (name !== undefined) return { kind: "name", text: name } as const;
  return { kind: "sign", text: sign } as const;
}
