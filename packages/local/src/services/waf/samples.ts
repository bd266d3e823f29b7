/** Samples of the requests that rules have matched, as AWS WAF's sampled requests. */
import type { HttpRequestRecord } from "./logging/http-request.ts";
import type { RuleAction, WebAclSettings } from "./settings/web-acl.ts";
import { defaultActionName, terminatingRule, type Verdict } from "./decision.ts";

/** A request that a rule has matched. */
export interface Sample {
  /** In ms since 1970. */
  readonly time: number;
  /** `Default_Action` for a request that no rule has ended. */
  readonly rule: string;
  /** The rule of the group that decided, or the last that counted. */
  readonly groupRule?: string;
  readonly action: RuleAction;
  readonly request: HttpRequestRecord;
}

/** Of each rule the newest are kept; AWS WAF samples of up to 5,000 and shows up to 500. */
const kept = 100;

/** Keeps samples of the rules that want them (`sampledRequestsEnabled`). */
export function createSamples({ rules, sampled }: WebAclSettings) {
  const wanted = new Set(rules.filter((rule) => rule.sampled).map(({ name }) => name));
  if (sampled) wanted.add(defaultActionName);
  const byRule = new Map<string, Sample[]>();

  function keep(sample: Sample): void {
    if (!wanted.has(sample.rule)) return;
    byRule.set(sample.rule, [...(byRule.get(sample.rule) ?? []), sample].slice(-kept));
  }

  return {
    /** Keeps a request once for each rule that it matched. */
    record(verdict: Verdict, request: HttpRequestRecord, time: number): void {
      for (const { rule, action = "count", group } of verdict.matched) {
        const inside = group?.matched.at(-1)?.rule;
        const groupRule = inside === undefined ? {} : { groupRule: inside };
        keep({ time, rule, ...groupRule, action, request });
      }
      if (!terminatingRule(verdict)) {
        keep({ time, rule: defaultActionName, action: verdict.action, request });
      }
    },

    /** Every sample, oldest first. */
    list: (): Sample[] =>
      [...byRule.values()].flat().toSorted((one, other) => one.time - other.time),
  };
}
