/** The firewall's rules by priority, the cheapest first. */
import { rateLimits } from "./rate-limits.ts";
import type { StageSettings } from "../settings/settings.ts";

type Rule = aws.types.input.wafv2.WebAclRule;
type FieldToMatch = aws.types.input.wafv2.WebAclRuleStatementSizeConstraintStatementFieldToMatch;

/** A valid body has at most 6.2 kB: 1,024 UTF-16 units, each written as `\uXXXX`. */
const MAX_BODY_BYTES = 8_192;

/** WAF inspects 8 KB of the headers, and as much of the cookies (WAF/waf-oversize-request-components). */
const INSPECTED_BYTES = 8_192;

/** The rules of a stage. All but CountNetworks block or count, as the stage's mode says. */
export function firewallRules({ firewall }: StageSettings): Rule[] {
  const blocks = firewall.mode === "block";
  const act = blocks ? { block: {} } : { count: {} };
  const rules: Omit<Rule, "priority" | "visibilityConfig">[] = [
    ...(firewall.countedNetworks.length === 0
      ? []
      : [
          {
            name: "CountNetworks",
            action: { count: {} },
            statement: inNetworks("CountedNetworks", firewall.countedNetworks),
          },
        ]),
    ...(firewall.allowedNetworks.length === 0
      ? []
      : [
          {
            name: "OutsideAllowedNetworks",
            action: act,
            statement: {
              notStatement: { statement: inNetworks("AllowedNetworks", firewall.allowedNetworks) },
            },
          },
        ]),
    ...rateLimits(firewall).map((limit) => ({ ...limit, action: act })),
    { name: "SizeLimits", action: act, statement: tooLarge },
    ...firewall.managedGroups.map((name) => ({
      name,
      overrideAction: blocks ? { none: {} } : { count: {} },
      statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
    })),
  ];
  return rules.map((rule, priority) => ({
    ...rule,
    priority,
    visibilityConfig: visibility(rule.name),
  }));
}

/**
 * A body that is too large, and what the rules after it would pass unseen: headers and cookies beyond
 * what WAF inspects, which the gateway takes, and a body that the gateway decompresses behind WAF
 * (APIGW/api-gateway-make-request-with-compressed-payload). One rule, since each is billed.
 */
const tooLarge = {
  orStatement: {
    statements: [
      // A body larger than WAF can inspect is too large as well.
      longerThan(MAX_BODY_BYTES, { body: { oversizeHandling: "MATCH" } }),
      longerThan(INSPECTED_BYTES, {
        headers: [{ matchPattern: { all: {} }, matchScope: "ALL", oversizeHandling: "MATCH" }],
      }),
      longerThan(INSPECTED_BYTES, {
        cookies: { matchPatterns: [{ all: {} }], matchScope: "ALL", oversizeHandling: "MATCH" },
      }),
      longerThan(0, { singleHeader: { name: "content-encoding" } }),
    ],
  },
};

function longerThan(size: number, fieldToMatch: FieldToMatch) {
  const textTransformations = [{ priority: 0, type: "NONE" }];
  return {
    sizeConstraintStatement: { fieldToMatch, comparisonOperator: "GT", size, textTransformations },
  };
}

function inNetworks(name: string, addresses: readonly string[]) {
  const set = new aws.wafv2.IpSet(name, {
    scope: "REGIONAL",
    ipAddressVersion: "IPV4",
    addresses: [...addresses],
  });
  return { ipSetReferenceStatement: { arn: set.arn } };
}

/** Metrics and sampled requests, for the web ACL and each of its rules. */
export const visibility = (metricName: $util.Input<string>) => ({
  metricName,
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
});
