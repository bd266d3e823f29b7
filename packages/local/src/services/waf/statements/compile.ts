/** Compiles a rule's statement to a matcher of requests. */
import { WafConfigurationError } from "../settings/errors.ts";
import { type Matcher, matchContent } from "../inspection/components.ts";
import type { IpSets } from "../inspection/ip-sets.ts";
import { compilePcre } from "../inspection/pcre.ts";
import type { RegexSets } from "../inspection/regex-sets.ts";
import type { NestableStatement, RateBasedStatement } from "../settings/statements.ts";
import type { PlainRule } from "../settings/web-acl.ts";
import { byteTest, sizeTest } from "./content-tests.ts";
import { createRateCounter } from "./rate-counter.ts";
import { rateKey } from "./rate-key.ts";
import { partsOf } from "./walk.ts";

/** The sets that statements refer to, and the clock. */
export interface StatementContext {
  ipSets: IpSets;
  regexSets: RegexSets;
  /** The time in ms since 1970. */
  now: () => number;
}

/**
 * Compiles the statement at the top of a rule.
 * @throws WafConfigurationError when it refers to a set that does not exist.
 * @throws UnsupportedRuleError naming what of a regular expression is not supported.
 */
export function compileStatement(
  statement: PlainRule["statement"],
  context: StatementContext,
): Matcher {
  const { rateBasedStatement, ...nestable } = statement;
  if (rateBasedStatement) return rateBased(rateBasedStatement, context);
  return compileNestable(nestable, context);
}

/** Compiles a nestable statement; errors as `compileStatement`. */
export function compileNestable(statement: NestableStatement, context: StatementContext): Matcher {
  const leaf = compileLeaf(statement, context);
  if (leaf) return leaf;
  const parts = partsOf(statement).map((part) => compileNestable(part, context));
  if (statement.andStatement) return (view) => parts.every((matches) => matches(view));
  if (statement.orStatement) return (view) => parts.some((matches) => matches(view));
  return (view) => !parts.some((matches) => matches(view));
}

function compileLeaf(
  statement: NestableStatement,
  { ipSets, regexSets }: StatementContext,
): Matcher | undefined {
  const { byteMatchStatement: bytes, sizeConstraintStatement: size } = statement;
  const { regexMatchStatement: regex, regexPatternSetReferenceStatement: regexSet } = statement;
  const ipSet = statement.ipSetReferenceStatement;
  if (ipSet) {
    if (!ipSets.has(ipSet.arn)) throw missingSet("IP set", ipSet.arn);
    return ({ request }) => ipSets.contains(ipSet.arn, request.remoteAddress);
  }
  if (regexSet) {
    if (!regexSets.has(regexSet.arn)) throw missingSet("regex pattern set", regexSet.arn);
    return matchContent(regexSet, (text) => regexSets.matches(regexSet.arn, text));
  }
  if (regex) {
    const pattern = compilePcre(regex.regexString);
    return matchContent(regex, (text) => pattern.test(text));
  }
  if (bytes) return matchContent(bytes, byteTest(bytes));
  if (size) return matchContent(size, sizeTest(size));
  return undefined;
}

function rateBased(statement: RateBasedStatement, context: StatementContext): Matcher {
  const counter = createRateCounter(statement.evaluationWindowSec, context.now);
  const inScope = statement.scopeDownStatement
    ? compileNestable(statement.scopeDownStatement, context)
    : () => true;
  const keyOf = rateKey(statement);
  return (view) => {
    const key = inScope(view) ? keyOf(view) : undefined;
    return key !== undefined && counter.add(key) > statement.limit;
  };
}

function missingSet(kind: string, arn: string): WafConfigurationError {
  return new WafConfigurationError(
    "WAFNonexistentItemException",
    `A rule refers to the ${kind} ${arn}, which does not exist.`,
  );
}
