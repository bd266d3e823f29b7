/** The decision of a web ACL on a request. */
import type { Facts } from "../../../requests/step.ts";
import type { GroupRuleMatch } from "../managed/evaluate.ts";
import type { RuleAction } from "../settings/web-acl.ts";

/** A rule that matched, and its action. */
export interface RuleMatch {
  readonly rule: string;
  /** As in AWS WAF's log. */
  readonly type: "REGULAR" | "RATE_BASED" | "MANAGED_RULE_GROUP";
  /** Absent for a rule group of which only count rules matched: the group did not decide. */
  readonly action?: RuleAction;
  /** For a rule group: the group and its rules that matched. */
  readonly group?: { readonly name: string; readonly matched: readonly GroupRuleMatch[] };
  /** For a rate-based rule: its limit and window, and the headers by whose values it counts. */
  readonly rate?: {
    readonly limit: number;
    readonly windowSeconds: number;
    readonly headers: readonly string[];
  };
}

/** A custom response to a blocked request, in place of 403. */
export interface BlockResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: { readonly content: string; readonly contentType: string } | undefined;
}

/** The action on a request, and every rule that matched. */
export interface Decision {
  readonly action: "allow" | "block";
  /** Set for a block with a custom response. */
  readonly response?: BlockResponse | undefined;
  readonly matched: readonly RuleMatch[];
}

/** The terminating rule; none when the default action applied. */
export function terminatingRule({ matched }: Decision): RuleMatch | undefined {
  return matched.find(({ action }) => action === "allow" || action === "block");
}

/** What decided: the rule, and of a managed rule group the one in it. */
export function factsOf(decision: Decision): Facts {
  const { rule, group, rate } = terminatingRule(decision) ?? { rule: defaultActionName };
  const inside = group?.matched.find(({ action }) => action !== "count");
  return {
    rule,
    ...(inside && { group: group?.name ?? "", groupRule: inside.rule, label: inside.label }),
    ...(rate && { limit: rate.limit, windowSeconds: rate.windowSeconds }),
  };
}

/** The fully qualified labels that rules have added to a request. */
export function labelsOf({ matched }: Decision): string[] {
  return matched.flatMap(({ group }) => group?.matched ?? []).map(({ label }) => label);
}

/** AWS WAF's name of the default action. */
export const defaultActionName = "Default_Action";
