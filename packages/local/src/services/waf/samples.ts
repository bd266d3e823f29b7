/** Sampled requests, as in AWS WAF. */
import { type BoundedList, createBoundedList } from "../../memory/bounded-list.ts";
import type { HttpRequestRecord } from "./logging/http-request.ts";
import type { RuleAction, WebAclSettings } from "./settings/web-acl.ts";
import { defaultActionName, terminatingRule, type Decision } from "./evaluation/decision.ts";

/** A sampled request. */
export interface Sample {
  /** A number that grows with each sample of the web ACL: many come in one millisecond. */
  readonly sequence: number;
  /** In ms since 1970. */
  readonly time: number;
  /** `Default_Action` for a request without a terminating rule. */
  readonly rule: string;
  /** The terminating rule of the group, or the last that counted. */
  readonly groupRule?: string;
  readonly action: RuleAction;
  readonly request: HttpRequestRecord;
}

/** The newest are kept for each rule; AWS WAF samples up to 5,000 and shows up to 500. */
const bounds = { mostItems: 100, mostBytes: 1024 * 1024 };

/** Keeps samples of the rules with `sampledRequestsEnabled`. */
export function createSamples({ rules, sampled }: WebAclSettings) {
  const wanted = new Set(rules.filter((rule) => rule.sampled).map(({ name }) => name));
  if (sampled) wanted.add(defaultActionName);
  const byRule = new Map<string, BoundedList<Sample>>();
  let sequence = 0;

  function keep(described: Omit<Sample, "sequence">): void {
    if (!wanted.has(described.rule)) return;
    sequence += 1;
    const sample = { ...described, sequence };
    const samples = byRule.get(sample.rule) ?? createBoundedList<Sample>(bounds);
    byRule.set(sample.rule, samples);
    samples.add(sample, bytesOf(sample));
  }

  /** Keeps a request once for each rule that it matched. */
  function record(decision: Decision, request: HttpRequestRecord, time: number): void {
    for (const { rule, action = "count", group } of decision.matched) {
      const inside = group?.matched.at(-1)?.rule;
      const groupRule = inside === undefined ? {} : { groupRule: inside };
      keep({ time, rule, ...groupRule, action, request });
    }
    if (!terminatingRule(decision)) {
      keep({ time, rule: defaultActionName, action: decision.action, request });
    }
  }

  return {
    record,

    /** Every sample, oldest first. */
    list: (): Sample[] =>
      [...byRule.values()]
        .flatMap((samples) => samples.list())
        .toSorted((one, other) => one.sequence - other.sequence),
  };
}

/** An estimate that is not below the memory: 2 bytes a character, and the objects. */
function bytesOf({ request: { headers, uri, args } }: Sample): number {
  const characters = headers.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  return 2 * (characters + uri.length + args.length) + 150 * headers.length + 1000;
}
