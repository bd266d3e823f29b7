/** A web ACL that logs to a list. */
import { createWaf, type Waf } from "../../../src/services/waf/waf.ts";
import type { WafLogEvent } from "../../../src/services/waf/web-acl.ts";
import { guard, environment, rule, visibilityConfig } from "./web-acls.ts";

export const destination = "arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-api";
export const logDestinationConfigs = [destination];
/** A rule with the common rule set. */
export const group = (over: object) => ({
  name: "Common",
  priority: 1,
  overrideAction: { none: {} },
  visibilityConfig,
  statement: {
    managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" },
  },
  ...over,
});
/** A rule that counts every request. */
export const countAll = rule("CountAll", {
  priority: 5,
  action: { count: {} },
  statement: {
    sizeConstraintStatement: {
      fieldToMatch: { uriPath: {} },
      comparisonOperator: "GE",
      size: 0,
      textTransformations: [{ priority: 0, type: "NONE" }],
    },
  },
});

/** A firewall with these rules that logs to a list; `over` changes its web ACL. */
export function serve(rules: object[], settings: object = {}, over: object = {}) {
  const waf = createWaf({ ...environment, now: () => 1_700_000_000_000 });
  const { arn } = guard(waf, rules, over);
  const events: WafLogEvent[] = [];
  logTo(waf, arn, events, settings);
  const line = (index: number): unknown => JSON.parse(events[index]?.message ?? "null");
  return { waf, arn, events, line };
}

/** Configures a web ACL to log to a list. */
export function logTo(waf: Waf, arn: string, events: WafLogEvent[], settings: object = {}): void {
  waf.putLogging(arn, { logDestinationConfigs, ...settings }, () => (event) => {
    events.push(event);
  });
}
