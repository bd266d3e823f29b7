/**
 * The metrics of a web ACL (documented: WAF/waf-metrics): a count of 1 for what happened, and nothing
 * for what did not. Those of a managed group itself are its owner's, so that there are no
 * PassedRequests; those of its rules, in the web ACL, have dimensions of their own (reported).
 */
import type { Measurement } from "../cloudwatch/measurement.ts";
import type { Dimensions } from "../cloudwatch/dimension-sets.ts";
import { terminatingRule, type Decision, type RuleMatch } from "./evaluation/decision.ts";
import type { RuleAction, WebAclSettings } from "./settings/web-acl.ts";

const names = {
  allow: "AllowedRequests",
  block: "BlockedRequests",
  count: "CountedRequests",
} as const;

/** Gives what a web ACL publishes of a decision. */
export function createDecisionMeasurements(settings: WebAclSettings, region: string) {
  const { metricName: WebACL } = settings;
  const measured = settings.rules.filter((rule) => rule.measured);
  const metricNames = new Map(measured.map(({ name, metricName }) => [name, metricName]));

  /** Those of all rules, and those of the default action, which have the web ACL's own name. */
  function* ofWebAcl(decision: Decision): Generator<Counted> {
    const { action, matched } = decision;
    yield [action, { Rule: "ALL" }];
    if (terminatingRule(decision) === undefined) yield [action, { Rule: WebACL }];
    if (matched.some(hasCounted)) yield ["count", { Rule: "ALL" }];
  }

  function* ofRules({ matched }: Decision): Generator<Counted> {
    for (const match of matched) {
      const Rule = metricNames.get(match.rule);
      if (Rule === undefined) continue;
      if (match.action !== undefined) yield [match.action, { Rule }];
      yield* insideGroup(match);
    }
  }

  return (decision: Decision): Measurement[] =>
    [...(settings.measured ? ofWebAcl(decision) : []), ...ofRules(decision)].map(
      ([action, dimensions]) => ({
        namespace: "AWS/WAFV2",
        metricName: names[action],
        dimensions: { WebACL, Region: region, ...dimensions },
        value: 1,
        unit: "None",
      }),
    );
}

/** What was done to the request, and the dimensions under which that counts. */
type Counted = readonly [action: RuleAction, dimensions: Dimensions];

/** The rules of a group: not those that count by themselves, of which AWS publishes none. */
function* insideGroup({ group, action }: RuleMatch): Generator<Counted> {
  for (const { rule, action: own, overridden } of group?.matched ?? []) {
    if (own === "count" && overridden === undefined) continue;
    const effect = own === "count" ? own : (action ?? own);
    yield [effect, { ManagedRuleGroup: group?.name ?? "", ManagedRuleGroupRule: rule }];
  }
}

function hasCounted(match: RuleMatch): boolean {
  return match.action === "count" || insideGroup(match).some(([effect]) => effect === "count");
}
