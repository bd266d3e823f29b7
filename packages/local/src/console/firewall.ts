/** What the console shows of one web ACL. */
import type { Waf } from "../services/waf/waf.ts";
import type { Sample } from "../services/waf/samples.ts";

/** What the rules of a web ACL did, and samples of the requests they did it to. */
export interface FirewallOverview {
  readonly name: string;
  /** In the order of evaluation; the default action is last. */
  readonly rules: readonly {
    readonly rule: string;
    /** Empty but for a rule of a rule group. */
    readonly groupRule: string;
    readonly allowed: number;
    readonly blocked: number;
    readonly counted: number;
  }[];
  /** Newest first. */
  readonly samples: readonly (Omit<Sample, "time"> & { readonly time: string })[];
}

const shownSamples = 100;

/** Asks the firewall about a web ACL. @throws WafConfigurationError when there is none. */
export function overviewOfFirewall(waf: Waf, name: string, arn: string): FirewallOverview {
  const { rules, defaultAction } = waf.counts(arn);
  return {
    name,
    rules: [
      ...rules.map((counts) => ({ groupRule: "", ...counts })),
      { rule: "Default_Action", groupRule: "", ...defaultAction, counted: 0 },
    ],
    samples: waf
      .samples(arn)
      .slice(-shownSamples)
      .toReversed()
      .map((sample) => ({ ...sample, time: new Date(sample.time).toISOString() })),
  };
}
