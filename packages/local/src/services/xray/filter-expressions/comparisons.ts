/** Comparisons of filter expressions with texts, numbers and booleans. */
import type { Annotation } from "../segments.ts";
import { invalidExpression, type Token } from "./tokens.ts";

/** Compares a value; undefined is one that does not exist. */
export type Compare = (value: Annotation | undefined) => boolean;

const numeric: Readonly<Record<string, (value: number, other: number) => boolean>> = {
  "=": (value, other) => value === other,
  "!=": (value, other) => value !== other,
  "<": (value, other) => value < other,
  "<=": (value, other) => value <= other,
  ">": (value, other) => value > other,
  ">=": (value, other) => value >= other,
};

const textual: Readonly<Record<string, (value: string, other: string) => boolean>> = {
  "=": (value, other) => value === other,
  "!=": (value, other) => value !== other,
  CONTAINS: (value, other) => value.includes(other),
  BEGINSWITH: (value, other) => value.startsWith(other),
  ENDSWITH: (value, other) => value.endsWith(other),
};

/** The comparison with an operator's right side. @throws AwsError for one that does not go together */
export function comparisonWith(operator: string, { kind, value: other }: Token): Compare {
  const name = operator.toUpperCase();
  if (kind === "number") {
    const compare = numeric[name];
    if (compare !== undefined) return (value) => typeof value === "number" && compare(value, other);
  }
  if (kind === "text") {
    const compare = textual[name];
    if (compare !== undefined) return (value) => typeof value === "string" && compare(value, other);
  }
  if (kind === "word" && /^(?:true|false)$/i.test(other) && (name === "=" || name === "!=")) {
    const wanted = (other.toLowerCase() === "true") === (name === "=");
    return (value) => value === wanted;
  }
  throw invalidExpression(`the operator ${operator} does not go with ${other}`);
}

/** Whether a token is an operator. */
export function isOperator({ kind, value }: Token): boolean {
  if (kind === "sign") return Object.hasOwn(numeric, value);
  return kind === "word" && Object.hasOwn(textual, value.toUpperCase());
}
