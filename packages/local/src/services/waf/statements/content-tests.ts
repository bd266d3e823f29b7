/** Byte match and size constraint statements. Text is Latin-1. */
import type { ByteMatchStatement, SizeConstraintStatement } from "../settings/statements.ts";

type Position = ByteMatchStatement["positionalConstraint"];
type Operator = SizeConstraintStatement["comparisonOperator"];

const positions: Readonly<Record<Position, (text: string, wanted: string) => boolean>> = {
  EXACTLY: (text, wanted) => text === wanted,
  STARTS_WITH: (text, wanted) => text.startsWith(wanted),
  ENDS_WITH: (text, wanted) => text.endsWith(wanted),
  CONTAINS: (text, wanted) => text.includes(wanted),
  // The settings allow no character that is special in a regular expression.
  CONTAINS_WORD: (text, wanted) => new RegExp(`\\b${wanted}\\b`).test(text),
};

const operators: Readonly<Record<Operator, (length: number, size: number) => boolean>> = {
  EQ: (length, size) => length === size,
  NE: (length, size) => length !== size,
  LE: (length, size) => length <= size,
  LT: (length, size) => length < size,
  GE: (length, size) => length >= size,
  GT: (length, size) => length > size,
};

/** Matches a string, case-sensitively (documented: WAF/waf-rule-statement-type-string-match). */
export function byteTest(statement: ByteMatchStatement): (text: string) => boolean {
  const wanted = Buffer.from(statement.searchString, "utf8").toString("latin1");
  return (text) => positions[statement.positionalConstraint](text, wanted);
}

/**
 * Compares the number of inspected bytes, after transformations, with a size (documented:
 * WAF/waf-rule-statement-type-size-constraint-match): a longer body counts as its limit.
 */
export function sizeTest(statement: SizeConstraintStatement): (text: string) => boolean {
  return ({ length }) => operators[statement.comparisonOperator](length, statement.size);
}
