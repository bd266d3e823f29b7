/** Rule metrics: counts the requests that each rule of a web ACL has allowed, blocked and counted. */
import type { RuleAction, WebAclSettings } from "../settings/web-acl.ts";
import { terminatingRule, type Decision } from "./decision.ts";

/** Numbers of requests. */
export interface Counts {
  allowed: number;
  blocked: number;
  counted: number;
}

/** The metrics of a web ACL, in the order of evaluation. */
export interface WebAclCounts {
  /**
   * The web ACL's rules, a rule group followed by those of its rules that have matched. A rule is
   * counted by the effect on the request: in a group that only counts, block rules count.
   */
  readonly rules: readonly (Counts & { readonly rule: string; readonly groupRule?: string })[];
  readonly defaultAction: Omit<Counts, "counted">;
}

const counterOf = { allow: "allowed", block: "blocked", count: "counted" } as const;
const none = (): Counts => ({ allowed: 0, blocked: 0, counted: 0 });

/** Creates metrics at zero. */
export function createRuleMetrics({ rules }: WebAclSettings) {
  const byRule = new Map(
    rules.map(({ name }) => [name, { own: none(), inside: new Map<string, Counts>() }]),
  );
  const defaultAction = { allowed: 0, blocked: 0 };

  /** Counts one request. */
  function record(decision: Decision): void {
    for (const { rule, action, group } of decision.matched) {
      const counts = byRule.get(rule);
      if (!counts) continue;
      if (action !== undefined) counts.own[counterOf[action]] += 1;
      for (const match of group?.matched ?? []) {
        // A block rule has only counted when the group's action is count.
        const effect = match.action === "count" ? "count" : (action ?? match.action);
        countInside(counts.inside, match.rule, effect);
      }
    }
    if (!terminatingRule(decision)) defaultAction[counterOf[decision.action]] += 1;
  }

  /** The counts so far. */
  function currentCounts(): WebAclCounts {
    return {
      rules: [...byRule].flatMap(([rule, { own, inside }]) => [
        { rule, ...own },
        ...[...inside].map(([groupRule, counts]) => ({ rule, groupRule, ...counts })),
      ]),
      defaultAction: { ...defaultAction },
    };
  }

  return { record, counts: currentCounts };
}

function countInside(inside: Map<string, Counts>, rule: string, action: RuleAction): void {
  const counts = inside.get(rule) ?? none();
  counts[counterOf[action]] += 1;
  inside.set(rule, counts);
}
