/** The firewall in front of a stage. */
import { region } from "../declarations.ts";
import type { Row } from "./row.ts";

const regional = { scope: "REGIONAL" };
const visibilityConfig = {
  cloudwatchMetricsEnabled: true,
  metricName: "metric",
  sampledRequestsEnabled: true,
};

export const firewall: Row[] = [
  {
    type: "aws:wafv2/ipSet:IpSet",
    name: "IpSet",
    inputs: () => ({ ...regional, ipAddressVersion: "IPV4", addresses: ["192.0.2.0/24"] }),
    change: () => ({ addresses: ["198.51.100.0/24"] }),
  },
  {
    type: "aws:wafv2/regexPatternSet:RegexPatternSet",
    name: "Patterns",
    inputs: () => ({ ...regional, regularExpressions: [{ regexString: "one" }] }),
    change: () => ({ regularExpressions: [{ regexString: "another" }] }),
  },
  {
    type: "aws:wafv2/webAcl:WebAcl",
    name: "WebAcl",
    inputs: () => ({ ...regional, defaultAction: { allow: {} }, rules: [], visibilityConfig }),
    change: () => ({ defaultAction: { block: {} } }),
  },
  {
    type: "aws:wafv2/webAclAssociation:WebAclAssociation",
    name: "Association",
    inputs: (made) => ({
      webAclArn: made.output("WebAcl", "arn"),
      resourceArn: made.output("Stage", "arn"),
    }),
    change: () => ({
      resourceArn: `arn:aws:apigateway:${region}::/restapis/another/stages/test`,
    }),
    replaced: true,
  },
  {
    type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    name: "WafLog",
    inputs: (made) => ({
      resourceArn: made.output("WebAcl", "arn"),
      logDestinationConfigs: [made.output("LogGroup", "arn")],
    }),
    change: () => ({ redactedFields: [{ singleHeader: { name: "authorization" } }] }),
  },
];
