/** A web ACL at work: evaluates requests against its rules and counts what they did. */
import type { IpSets } from "./ip-sets.ts";
import type { RuleAction, WebAclSettings } from "./rules.ts";
import { compileStatement, type WafRequest } from "./statements.ts";

/** How many requests each rule and the default action decided or counted. */
export interface WebAclCounts {
  rules: { rule: string; allowed: number; blocked: number; counted: number }[];
  defaultAction: { allowed: number; blocked: number };
}

/** What a web ACL does with a request, and the rules that matched on the way. */
export interface Verdict {
  action: "allow" | "block";
  matched: { rule: string; action: RuleAction }[];
}

const counterOf = { allow: "allowed", block: "blocked", count: "counted" } as const;

/**
 * Compiles a web ACL whose settings were parsed.
 * @throws WafConfigurationError when a rule refers to an IP set that does not exist.
 */
export function compileWebAcl(settings: WebAclSettings, ipSets: IpSets, now: () => number) {
  const rules = settings.rules
    .toSorted((one, other) => one.priority - other.priority)
    .map(({ name, action, statement }) => ({
      action,
      matches: compileStatement(statement, { ipSets, now }),
      count: { rule: name, allowed: 0, blocked: 0, counted: 0 },
    }));
  const defaultCount = { allowed: 0, blocked: 0 };

  return {
    /** Ascending priority; allow and block end, count goes on (WAF/web-acl-rule-actions). */
    evaluate(request: WafRequest): Verdict {
      const matched: Verdict["matched"] = [];
      for (const { action, matches, count } of rules) {
        if (!matches(request)) continue;
        count[counterOf[action]] += 1;
        matched.push({ rule: count.rule, action });
        if (action !== "count") return { action, matched };
      }
      defaultCount[counterOf[settings.defaultAction]] += 1;
      return { action: settings.defaultAction, matched };
    },

    /** The counts since the web ACL was last applied, in the order of evaluation. */
    counts(): WebAclCounts {
      return {
        rules: rules.map(({ count }) => ({ ...count })),
        defaultAction: { ...defaultCount },
      };
    },
  };
}

/** A web ACL that can be asked. */
export type CompiledWebAcl = ReturnType<typeof compileWebAcl>;
