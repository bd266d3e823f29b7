/** Step 1: the web ACL of the stage, before anything else (GW/apigateway-control-access-aws-waf). */
import type { Verdict, WafRequest } from "../../waf/index.ts";
import type { ContextVariables } from "../context-variables.ts";
import { GatewayError } from "../errors.ts";
import type { IncomingRequest } from "../incoming.ts";

/** The part of the firewall that the gateway asks. */
export interface Firewall {
  evaluate(resourceArn: string, request: WafRequest): Verdict & { webAclArn?: string };
}

/**
 * Asks the stage's web ACL. It sees the path as on AWS's own host, with the stage, and the request
 * by its extended id (both recorded in WAF/logging-examples).
 * @throws GatewayError wafFiltered
 */
export function checkFirewall(
  waf: Firewall,
  stageArn: string,
  request: IncomingRequest,
  body: Uint8Array,
  variables: ContextVariables,
): void {
  const { method, path, rawQuery, headers, sourceIp } = request;
  const startedAt = performance.now();
  const { action, webAclArn } = waf.evaluate(stageArn, {
    remoteAddress: sourceIp,
    method,
    path: variables.get("path") ?? path,
    queryString: rawQuery,
    headers,
    body,
    requestId: variables.get("extendedRequestId") ?? "",
  });
  if (webAclArn === undefined) return;
  variables
    .set("webaclArn", webAclArn)
    .set("wafResponseCode", action === "allow" ? "WAF_ALLOW" : "WAF_BLOCK")
    .set("waf.status", action === "allow" ? "200" : "403")
    .set("waf.latency", String(Math.round(performance.now() - startedAt)));
  if (action === "block") throw new GatewayError("wafFiltered");
}
