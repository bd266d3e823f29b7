/** Counts what the rules of a web ACL do. */
import type { RuleAction, WebAclSettings } from "./settings/web-acl.ts";
import { terminatingRule, type Verdict } from "./decision.ts";

/** Requests that a rule has allowed, blocked and counted. */
export interface Counts {
  allowed: number;
  blocked: number;
  counted: number;
}

/** What a web ACL has done, in the order of evaluation. */
export interface WebAclCounts {
  /**
   * The web ACL's rules, a rule group followed by those of its rules that have matched: counted is
   * what became of a request, not what a rule alone would have done.
   */
  readonly rules: readonly (Counts & { readonly rule: string; readonly groupRule?: string })[];
  readonly defaultAction: Omit<Counts, "counted">;
}

const counterOf = { allow: "allowed", block: "blocked", count: "counted" } as const;
const none = (): Counts => ({ allowed: 0, blocked: 0, counted: 0 });

/** Counts from nought. */
export function createTally({ rules }: WebAclSettings) {
  const byRule = new Map(
    rules.map(({ name }) => [name, { own: none(), inside: new Map<string, Counts>() }]),
  );
  const defaultAction = { allowed: 0, blocked: 0 };

  return {
    /** Counts what became of one request. */
    record(verdict: Verdict): void {
      for (const { rule, action, group } of verdict.matched) {
        const counts = byRule.get(rule);
        if (!counts) continue;
        if (action !== undefined) counts.own[counterOf[action]] += 1;
        for (const match of group?.matched ?? []) {
          // A rule that would have blocked has only counted when the group's verdict does.
          const effect = match.action === "count" ? "count" : (action ?? match.action);
          countInside(counts.inside, match.rule, effect);
        }
      }
      if (!terminatingRule(verdict)) defaultAction[counterOf[verdict.action]] += 1;
    },

    /** The counts so far. */
    counts: (): WebAclCounts => ({
      rules: [...byRule].flatMap(([rule, { own, inside }]) => [
        { rule, ...own },
        ...[...inside].map(([groupRule, counts]) => ({ rule, groupRule, ...counts })),
      ]),
      defaultAction: { ...defaultAction },
    }),
  };
}

function countInside(inside: Map<string, Counts>, rule: string, action: RuleAction): void {
  const counts = inside.get(rule) ?? none();
  counts[counterOf[action]] += 1;
  inside.set(rule, counts);
}
