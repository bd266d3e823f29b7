/** A firewall in front of one stage, and rules written in one line. */
import type { Waf } from "../../../packages/local/src/waf/index.ts";

export const place = { region: "us-east-1", account: "123456789012" };
export const stage = "arn:aws:apigateway:us-east-1::/restapis/abcdefghij/stages/local";
export const visibilityConfig = {
  cloudwatchMetricsEnabled: true,
  metricName: "metric",
  sampledRequestsEnabled: true,
};

/** A rule; its priority is 0 unless told. */
export function rule(
  name: string,
  parts: { action: object; statement: object; priority?: number },
) {
  return { name, priority: 0, visibilityConfig, ...parts };
}

/** Puts a web ACL in front of the stage; it allows by default unless told. */
export function guard(
  waf: Waf,
  rules: ReturnType<typeof rule>[],
  defaultAction: object = { allow: {} },
) {
  const acl = { name: "acl", scope: "REGIONAL", defaultAction, rules, visibilityConfig };
  const { arn, id, capacity } = waf.putWebAcl(acl);
  waf.associate(arn, stage);
  return { arn, id, capacity };
}

/** Puts an IP set; gives its ARN. */
export function networks(waf: Waf, addresses: string[], ipAddressVersion = "IPV4"): string {
  return waf.putIpSet({ name: addresses.join(), scope: "REGIONAL", addresses, ipAddressVersion })
    .arn;
}

/** What the firewall does with a request from an address to the stage. */
export function ask(waf: Waf, remoteAddress: string) {
  return waf.evaluate(stage, { remoteAddress, method: "GET", path: "/", headers: [] });
}
