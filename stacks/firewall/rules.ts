/** The firewall's rules by priority, the cheapest first. */
import type { StageSettings } from "../settings/settings.ts";

type Rule = aws.types.input.wafv2.WebAclRule;

/** A valid body has at most 6.2 kB: 1,024 UTF-16 units, each written as `\uXXXX`. */
const MAX_BODY_BYTES = 8_192;

/** The evaluation window of the rate-based rule: five minutes. */
const WINDOW_SECONDS = 300;

/** AWS managed rule groups; AWS updates their rules. */
const managedGroups = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesCommonRuleSet",
];

/** The rules of a stage. All but CountNetworks block or count, as the stage's mode says. */
export function firewallRules({ firewall }: StageSettings): Rule[] {
  const blocks = firewall.mode === "block";
  const act = blocks ? { block: {} } : { count: {} };
  const rules: Omit<Rule, "priority" | "visibilityConfig">[] = [
    {
      name: "CountNetworks",
      action: { count: {} },
      statement: inNetworks("CountedNetworks", firewall.countedNetworks),
    },
    ...(firewall.allowedNetworks.length === 0
      ? []
      : [
          {
            name: "OutsideAllowedNetworks",
            action: act,
            statement: {
              notStatement: {
                statements: [inNetworks("AllowedNetworks", firewall.allowedNetworks)],
              },
            },
          },
        ]),
    {
      name: "RateLimit",
      action: act,
      statement: {
        rateBasedStatement: {
          aggregateKeyType: "IP",
          evaluationWindowSec: WINDOW_SECONDS,
          limit: firewall.requestsPerAddress,
        },
      },
    },
    {
      name: "BodySize",
      action: act,
      statement: {
        sizeConstraintStatement: {
          // A body larger than WAF can inspect is too large as well.
          fieldToMatch: { body: { oversizeHandling: "MATCH" } },
          comparisonOperator: "GT",
          size: MAX_BODY_BYTES,
          textTransformations: [{ priority: 0, type: "NONE" }],
        },
      },
    },
    ...managedGroups.map((name) => ({
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
