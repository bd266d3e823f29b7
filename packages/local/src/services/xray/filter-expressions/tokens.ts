/** The tokens of filter expressions. */
import { AwsError } from "../../../aws-protocol/errors.ts";

/** A word or sign of an expression; texts are without their quotes. */
export type Token =
  | { readonly kind: "word" | "text" | "sign"; readonly value: string }
  | { readonly kind: "number"; readonly value: number };

const pattern =
  /\s*(?:(?<word>[A-Za-z_][\w.-]*)|(?<number>-?\d+(?:\.\d+)?)|"(?<text>(?:[^"\\]|\\.)*)"|(?<sign><=|>=|!=|[=<>!(){}[\],:]))/suy;

/** Reads an expression. @throws AwsError InvalidRequestException */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  const text = expression.trimEnd();
  for (pattern.lastIndex = 0; pattern.lastIndex < text.length;) {
    const at = pattern.lastIndex;
    const { word, number, text: quoted, sign } = pattern.exec(text)?.groups ?? {};
    if (word !== undefined) tokens.push({ kind: "word", value: word });
    else if (number !== undefined) tokens.push({ kind: "number", value: Number(number) });
    else if (quoted !== undefined) {
      tokens.push({ kind: "text", value: quoted.replaceAll(/\\(.)/gsu, "$1") });
    } else if (sign !== undefined) tokens.push({ kind: "sign", value: sign });
    else throw invalidExpression(`it is not understood at character ${at + 1}`);
  }
  return tokens;
}

/** The error for an expression that X-Ray does not take either. */
export function invalidExpression(reason: string): AwsError {
  return new AwsError("InvalidRequestException", `Invalid filter expression: ${reason}.`);
}
