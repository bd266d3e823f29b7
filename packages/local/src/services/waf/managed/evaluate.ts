/** Evaluates AWS's managed rule groups. */
import type { RequestView } from "../inspection/request.ts";
import type { RuleAction } from "../settings/web-acl.ts";
import type { ManagedRuleGroupStatement } from "../settings/statements.ts";
import { compileNestable, type StatementContext } from "../statements/compile.ts";
import { findGroup } from "./catalogue.ts";

/** A rule of a group that matched. */
export interface GroupRuleMatch {
  readonly rule: string;
  readonly action: RuleAction;
  /** The rule's own action, where the web ACL overrides it. */
  readonly overridden?: RuleAction;
  /** The label that it added to the request. */
  readonly label: string;
}

/**
 * Compiles a group to a function that returns the rules that match a request, up to the first one
 * that allows or blocks (WAF/web-acl-rule-group-override-options).
 * @throws UnsupportedRuleError, WafConfigurationError as `findGroup` and `compileNestable`.
 */
export function compileGroup(
  statement: ManagedRuleGroupStatement,
  context: StatementContext,
): (view: RequestView) => readonly GroupRuleMatch[] {
  const group = findGroup(statement);
  const inScope = statement.scopeDownStatement
    ? compileNestable(statement.scopeDownStatement, context)
    : () => true;
  const overrides = new Map(
    statement.ruleActionOverrides.map(({ name, actionToUse }) => [name, actionToUse]),
  );
  const rules = group.rules.map(({ name, label, action, evaluation }) => ({
    matches: evaluation?.matches ?? (() => false),
    match: matchOf(name, `${group.labelPrefix}${label}`, action, overrides.get(name)),
  }));

  return (view) => {
    if (!inScope(view)) return [];
    const matched: GroupRuleMatch[] = [];
    for (const { matches, match } of rules) {
      if (!matches(view)) continue;
      matched.push(match);
      if (match.action !== "count") break;
    }
    return matched;
  };
}

function matchOf(
  rule: string,
  label: string,
  own: RuleAction,
  override: RuleAction | undefined,
): GroupRuleMatch {
  if (override === undefined) return { rule, label, action: own };
  return { rule, label, action: override, overridden: own };
}
