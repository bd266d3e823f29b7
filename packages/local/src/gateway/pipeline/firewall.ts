/** Step 1: the web ACL of the stage, before anything else (GW/apigateway-control-access-aws-waf). */
import type { Verdict, WafRequest } from "../../waf/index.ts";
import type { ContextVariables } from "../context-variables.ts";
import { GatewayError } from "../errors.ts";
import type { IncomingRequest } from "../incoming.ts";

/** The part of the firewall that the gateway asks. */
export interface Firewall {
  evaluate(resourceArn: string, request: WafRequest): Verdict & { webAclArn?: string };
}

/** Asks the stage's web ACL. @throws GatewayError wafFiltered */
export function checkFirewall(
  waf: Firewall,
  stageArn: string,
  request: IncomingRequest,
  body: Uint8Array,
  variables: ContextVariables,
): void {
  const { method, path, headers, sourceIp } = request;
  const { action, webAclArn } = waf.evaluate(stageArn, {
    remoteAddress: sourceIp,
    method,
    path,
    headers,
    body,
  });
  if (webAclArn === undefined) return;
  variables
    .set("webaclArn", webAclArn)
    .set("wafResponseCode", action === "allow" ? "WAF_ALLOW" : "WAF_BLOCK")
    .set("waf.status", action === "allow" ? "200" : "403");
  if (action === "block") throw new GatewayError("wafFiltered");
}
