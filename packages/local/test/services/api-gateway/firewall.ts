/** A web ACL of one rule in front of a stage. */
import type { createHarness } from "./gateway-harness.ts";

const visibilityConfig = {
  cloudwatchMetricsEnabled: true,
  metricName: "metric",
  sampledRequestsEnabled: true,
};

/** Puts a web ACL in front of a stage that blocks, or does something else with, some addresses. */
export function block(
  { waf }: Pick<ReturnType<typeof createHarness>, "waf">,
  stageArn: string,
  addresses: string,
  action: { block: object } | { count: object } = { block: {} },
) {
  const { arn } = waf.putIpSet({
    name: "set",
    scope: "REGIONAL",
    ipAddressVersion: "IPV4",
    addresses: [addresses],
  });
  const acl = waf.putWebAcl({
    name: "acl",
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig,
    rules: [
      {
        name: "r",
        priority: 0,
        action,
        visibilityConfig,
        statement: { ipSetReferenceStatement: { arn } },
      },
    ],
  });
  waf.associate(acl.arn, stageArn);
  return acl;
}
