/** Parses metric math: `IF(invocations > 0, 100 * errors / invocations, 0)`. */
import { invalidExpression, unsupportedMath } from "./errors.ts";
import { tokensOf, type Token } from "./tokens.ts";

/** The operators between two operands. */
export type Operator =
  "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "^";

/** An expression; a name is the id of a query, or a word such as `REPEAT`. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "negative"; readonly operand: Expression }
  | {
      readonly kind: "operation";
      readonly operator: Operator;
      readonly operands: readonly [Expression, Expression];
    }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] };

/**
 * The operators, which bind more tightly the further down they stand (documented: that there are
 * these, CLOUDWATCH/using-metric-math; their precedence is assumed, as in most languages).
 */
const levels: readonly (readonly Operator[])[] = [
  ["||"],
  ["&&"],
  ["==", "!=", "<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/"],
  ["^"],
];

const power = levels.length - 1;
const words = new Map<string, Operator>([
  ["AND", "&&"],
  ["OR", "||"],
]);

/** Parses an expression. @throws AwsError for one that is not of metric math. */
export function parseExpression(text: string): Expression {
  if (/^\s*SELECT\s/i.test(text)) throw unsupportedMath("a query of Metrics Insights");
  const tokens = tokensOf(text);
  let next = 0;

  const peek = (): Token => tokens[next] ?? { kind: "end", text: "its end", at: text.length };

  function isNext(sign: string): boolean {
    const { kind, text: found } = peek();
    if (kind !== "sign" || found !== sign) return false;
    next += 1;
    return true;
  }

  function expect(sign: string): void {
    if (!isNext(sign)) throw unexpected(`"${sign}"`);
  }

  function unexpected(wanted: string) {
    const { text: found, at } = peek();
    return invalidExpression(`at character ${at}, ${wanted} is expected instead of ${found}`);
  }

  /** The operator that comes next, with its level, if it binds at least as tightly as `level`. */
  function operatorFrom(level: number): { operator: Operator; level: number } | undefined {
    const { kind, text: found } = peek();
    const sign = kind === "name" ? words.get(found) : kind === "sign" ? found : undefined;
    for (const [at, operators] of levels.entries()) {
      const operator = operators.find((one) => one === sign);
      if (operator === undefined || at < level) continue;
      next += 1;
      return { operator, level: at };
    }
    return undefined;
  }

  function operation(level: number): Expression {
    let left = operand();
    for (;;) {
      const found = operatorFrom(level);
      if (found === undefined) return left;
      // The right operand of a power may be one, and a sign: 2 ^ -x.
      const right = operation(found.level === power ? power : found.level + 1);
      left = { kind: "operation", operator: found.operator, operands: [left, right] };
    }
  }

  function operand(): Expression {
    if (isNext("-")) return { kind: "negative", operand: operation(power) };
    if (isNext("(")) {
      const inner = operation(0);
      expect(")");
      return inner;
    }
    if (isNext("[")) return { kind: "list", items: list("]") };
    const { kind, text: found } = peek();
    if (kind === "sign" || kind === "end") throw unexpected("a value");
    next += 1;
    if (kind === "number") return { kind, value: Number(found) };
    if (kind === "text") return { kind, value: found };
    return isNext("(") ? { kind: "call", name: found, args: list(")") } : { kind, name: found };
  }

  function list(end: ")" | "]"): Expression[] {
    const items: Expression[] = [];
    if (isNext(end)) return items;
    do items.push(operation(0));
    while (isNext(","));
    expect(end);
    return items;
  }

  const expression = operation(0);
  if (peek().kind !== "end") throw unexpected("its end");
  return expression;
}
