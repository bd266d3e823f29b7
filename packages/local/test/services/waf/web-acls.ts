/** A firewall in front of one stage, and rules written in one line. */
import type { Waf } from "../../../src/services/waf/waf.ts";
import type { WafRequest } from "../../../src/services/waf/inspection/request.ts";

export const environment = { region: "us-east-1", account: "123456789012" };
export const stage = "arn:aws:apigateway:us-east-1::/restapis/abcdefghij/stages/local";
export const visibilityConfig = {
  cloudwatchMetricsEnabled: true,
  metricName: "metric",
  sampledRequestsEnabled: true,
};
export const plainText = [{ priority: 0, type: "NONE" }];

/** A rule; default priority 0. */
export function rule(
  name: string,
  parts: { action: object; statement: object; priority?: number },
) {
  return { name, priority: 0, visibilityConfig, ...parts };
}

/** A rule that blocks what matches. */
export function blocks(statement: object) {
  return rule("r", { action: { block: {} }, statement });
}

/** Associates a web ACL with the stage; its default action is allow. */
export function guard(waf: Waf, rules: object[], over: object = {}) {
  const { arn, id, capacity } = waf.putWebAcl({
    name: "acl",
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rules,
    visibilityConfig,
    ...over,
  });
  waf.associate(arn, stage);
  return { arn, id, capacity };
}

/** Puts an IP set; gives its ARN. */
export function networks(waf: Waf, addresses: string[], ipAddressVersion = "IPV4"): string {
  return waf.putIpSet({ name: addresses.join(), scope: "REGIONAL", addresses, ipAddressVersion })
    .arn;
}

/** A request; default: a GET of the root from 127.0.0.1. */
export function requestOf(over: Partial<WafRequest> = {}): WafRequest {
  return {
    remoteAddress: "127.0.0.1",
    method: "GET",
    path: "/",
    queryString: "",
    headers: [["User-Agent", "test"]],
    requestId: "id=",
    ...over,
  };
}

/** The decision on a request to the stage; a string is its source address. */
export function ask(waf: Waf, request: string | Partial<WafRequest>) {
  const over = typeof request === "string" ? { remoteAddress: request } : request;
  return waf.evaluate(stage, requestOf(over));
}

/** Bytes of a body. */
export function bytes(text: string): Uint8Array {
  return Buffer.from(text, "utf8");
}
