/** What a web ACL makes of a request. */
import type { GroupRuleMatch } from "./managed/evaluate.ts";
import type { RuleAction } from "./settings/web-acl.ts";

/** A rule that matched, and what it did. */
export interface RuleMatch {
  readonly rule: string;
  /** As AWS WAF's log calls it. */
  readonly type: "REGULAR" | "RATE_BASED" | "MANAGED_RULE_GROUP";
  /** Absent for a rule group of which only counting rules matched: it decided nothing. */
  readonly action?: RuleAction;
  /** For a rule group: the group and its rules that matched. */
  readonly group?: { readonly name: string; readonly matched: readonly GroupRuleMatch[] };
  /** For a rate-based rule: its limit and window. */
  readonly rate?: { readonly limit: number; readonly windowSeconds: number };
}

/** What the client of a blocked request gets in place of 403. */
export interface BlockResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: { readonly content: string; readonly contentType: string } | undefined;
}

/** What happens to a request, and every rule that matched on the way. */
export interface Verdict {
  readonly action: "allow" | "block";
  /** Of a block that has an answer of its own. */
  readonly response?: BlockResponse | undefined;
  readonly matched: readonly RuleMatch[];
}

/** The rule that ended the evaluation; none when the default action did. */
export function terminatingRule({ matched }: Verdict): RuleMatch | undefined {
  return matched.find(({ action }) => action === "allow" || action === "block");
}

/** The fully qualified labels that rules have put on a request. */
export function labelsOf({ matched }: Verdict): string[] {
  return matched.flatMap(({ group }) => group?.matched ?? []).map(({ label }) => label);
}

/** AWS WAF's name of what happens when no rule ends the evaluation. */
export const defaultActionName = "Default_Action";
