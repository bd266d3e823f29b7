/** Turns a rule's statement into a test of a request, and says what it costs. */
import { WafConfigurationError } from "./errors.ts";
import type { IpSets } from "./ip-sets.ts";
import { createRateCounter } from "./rate-counter.ts";
import type { NestableStatement, RateBasedStatement, RuleStatement } from "./rules.ts";

/** What a web ACL is asked about. */
export interface WafRequest {
  /** The client's address, IPv4-mapped IPv6 written as IPv4. */
  remoteAddress: string;
  method: string;
  /** As received: not decoded, with the stage, without the query. */
  path: string;
  headers: readonly (readonly [name: string, value: string])[];
  body?: Uint8Array | undefined;
}

/** Whether a statement matches a request. */
export type Matcher = (request: WafRequest) => boolean;

interface StatementContext {
  ipSets: IpSets;
  /** The time in ms since 1970. */
  now: () => number;
}

/**
 * Compiles the statement at the top of a rule.
 * @throws WafConfigurationError when it refers to an IP set that does not exist.
 */
export function compileStatement(statement: RuleStatement, context: StatementContext): Matcher {
  if (statement.rateBasedStatement) return rateBased(statement.rateBasedStatement, context);
  return nestable(statement, context.ipSets);
}

/**
 * Web ACL capacity units: 1 for an IP set, 2 for a rate, a logical statement the sum of its parts
 * (documented: WAF/waf-rule-statements-match, …-rate-based).
 */
export function capacityOf(statement: RuleStatement): number {
  const rate = statement.rateBasedStatement;
  if (rate) return 2 + (rate.scopeDownStatement ? capacityOf(rate.scopeDownStatement) : 0);
  if (statement.ipSetReferenceStatement) return 1;
  return partsOf(statement).reduce((sum, part) => sum + capacityOf(part), 0);
}

/** The ARNs of the IP sets that a statement refers to. */
export function ipSetsOf(statement: RuleStatement): string[] {
  const scopeDown = statement.rateBasedStatement?.scopeDownStatement;
  const own = statement.ipSetReferenceStatement ? [statement.ipSetReferenceStatement.arn] : [];
  return [
    ...own,
    ...(scopeDown ? ipSetsOf(scopeDown) : []),
    ...partsOf(statement).flatMap(ipSetsOf),
  ];
}

function partsOf({ andStatement, orStatement, notStatement }: NestableStatement) {
  return (andStatement ?? orStatement ?? notStatement)?.statements ?? [];
}

function nestable(statement: NestableStatement, ipSets: IpSets): Matcher {
  const reference = statement.ipSetReferenceStatement;
  if (reference) {
    if (!ipSets.has(reference.arn)) {
      throw new WafConfigurationError(
        "WAFNonexistentItemException",
        `A rule refers to the IP set ${reference.arn}, which does not exist.`,
      );
    }
    return (request) => ipSets.contains(reference.arn, request.remoteAddress);
  }
  const parts = partsOf(statement).map((part) => nestable(part, ipSets));
  if (statement.andStatement) return (request) => parts.every((matches) => matches(request));
  if (statement.orStatement) return (request) => parts.some((matches) => matches(request));
  return (request) => !parts.some((matches) => matches(request));
}

function rateBased(statement: RateBasedStatement, { ipSets, now }: StatementContext): Matcher {
  const counter = createRateCounter(statement.evaluationWindowSec, now);
  const inScope = statement.scopeDownStatement
    ? nestable(statement.scopeDownStatement, ipSets)
    : () => true;
  return (request) => inScope(request) && counter.add(request.remoteAddress) > statement.limit;
}
