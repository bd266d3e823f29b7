/** Evaluates requests against the rules of a web ACL. */
import { WafConfigurationError } from "../settings/errors.ts";
import { compileGroup } from "../managed/evaluate.ts";
import type { RequestView } from "../inspection/request.ts";
import type { CustomResponse } from "../settings/custom-response.ts";
import type { GroupRule, PlainRule, Rule, WebAclSettings } from "../settings/web-acl.ts";
import { compileStatement, type StatementContext } from "../statements/compile.ts";
import type { BlockResponse, RuleMatch, Decision } from "./decision.ts";

type CompiledRule = (view: RequestView) => RuleMatch | undefined;

/** Evaluates rules by ascending priority; allow and block terminate (WAF/web-acl-rule-actions). */
type Evaluate = (view: RequestView) => Decision;

/**
 * Compiles a web ACL whose settings were parsed.
 * @throws WafConfigurationError when a rule refers to something that does not exist.
 * @throws UnsupportedRuleError naming a rule group or regular expression that is not supported.
 */
export function compileWebAcl(settings: WebAclSettings, context: StatementContext): Evaluate {
  const rules = settings.rules.map((rule) => ({
    evaluate: compileRule(rule, context),
    response: rule.kind === "plain" ? blockResponse(rule.response, settings) : undefined,
  }));
  const { action: defaultAction } = settings.defaultAction;
  const defaultResponse = blockResponse(settings.defaultAction.response, settings);
  return (view) => {
    const matched: RuleMatch[] = [];
    for (const { evaluate, response } of rules) {
      const match = evaluate(view);
      if (!match) continue;
      matched.push(match);
      const { action } = match;
      if (action === "allow" || action === "block") return { action, matched, response };
    }
    return { action: defaultAction, matched, response: defaultResponse };
  };
}

/** A custom response with its body. @throws WafConfigurationError when there is no such body. */
function blockResponse(
  response: CustomResponse | undefined,
  { name, customResponseBodies: bodies }: WebAclSettings,
): BlockResponse | undefined {
  if (response?.bodyKey === undefined) return response;
  const body = bodies.get(response.bodyKey);
  if (body) return { ...response, body };
  throw new WafConfigurationError(
    "WAFInvalidParameterException",
    `The web ACL "${name}" has no custom response body "${response.bodyKey}".`,
  );
}

function compileRule(rule: Rule, context: StatementContext): CompiledRule {
  return rule.kind === "group" ? groupRule(rule, context) : plainRule(rule, context);
}

function plainRule({ name, action, statement }: PlainRule, context: StatementContext) {
  const matches = compileStatement(statement, context);
  const rate = statement.rateBasedStatement;
  const match: RuleMatch = rate
    ? {
        rule: name,
        type: "RATE_BASED",
        action,
        rate: {
          limit: rate.limit,
          windowSeconds: rate.evaluationWindowSec,
          headers: rate.customKeys?.map(({ header }) => header.name) ?? [],
        },
      }
    : { rule: name, type: "REGULAR", action };
  return (view: RequestView) => (matches(view) ? match : undefined);
}

function groupRule({ name, group, overrideAction }: GroupRule, context: StatementContext) {
  const evaluate = compileGroup(group, context);
  return (view: RequestView): RuleMatch | undefined => {
    const matched = evaluate(view);
    const last = matched.at(-1);
    if (!last) return undefined;
    const match = {
      rule: name,
      type: "MANAGED_RULE_GROUP",
      group: { name: group.name, matched },
    } as const;
    // The override replaces the group's action; count rules have decided nothing.
    if (last.action === "count") return match;
    return { ...match, action: overrideAction === "count" ? "count" : last.action };
  };
}
