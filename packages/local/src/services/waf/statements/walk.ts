/** Traverses a rule's statement: nested statements, referenced sets, capacity. */
import type { NestableStatement } from "../settings/statements.ts";
import type { Rule } from "../settings/web-acl.ts";

/** The statements that a logical statement combines. */
export function partsOf(statement: NestableStatement): readonly NestableStatement[] {
  const { andStatement, orStatement, notStatement } = statement;
  return (andStatement ?? orStatement ?? notStatement)?.statements ?? [];
}

/** The outermost statement of a rule; a group has one when it is scoped down. */
export function outermost(rule: Rule): NestableStatement | undefined {
  if (rule.kind === "group") return rule.group.scopeDownStatement;
  const { rateBasedStatement, ...nestable } = rule.statement;
  return rateBasedStatement ? rateBasedStatement.scopeDownStatement : nestable;
}

/** The ARNs of the IP sets and regex pattern sets that a statement refers to. */
export function referencesOf(statement: NestableStatement): string[] {
  const { ipSetReferenceStatement: ipSet, regexPatternSetReferenceStatement: regexSet } = statement;
  const own = [ipSet, regexSet].flatMap((reference) => (reference ? [reference.arn] : []));
  return [...own, ...partsOf(statement).flatMap(referencesOf)];
}

/**
 * Web ACL capacity units of a statement (documented: WAF/waf-rule-statements-match and the page of
 * each statement). A transformation costs 10, NONE nothing (assumed); JSON doubles the base cost.
 */
export function capacityOf(statement: NestableStatement): number {
  const { byteMatchStatement: bytes, sizeConstraintStatement: size } = statement;
  const { regexMatchStatement: regex, regexPatternSetReferenceStatement: regexSet } = statement;
  const isSearch = bytes?.positionalConstraint.startsWith("CONTAINS") === true;
  const base = bytes ? (isSearch ? 10 : 2) : size ? 1 : regex ? 3 : regexSet ? 25 : 0;
  const content = bytes ?? size ?? regex ?? regexSet;
  const transformations = content?.textTransformations.filter((type) => type !== "NONE") ?? [];
  const everyArgument = content?.fieldToMatch.allQueryArguments ? 10 : 0;
  const asJson = content?.fieldToMatch.jsonBody ? base : 0;
  const ownCost = statement.ipSetReferenceStatement
    ? 1
    : base + asJson + everyArgument + 10 * transformations.length;
  return partsOf(statement).reduce((sum, part) => sum + capacityOf(part), ownCost);
}
