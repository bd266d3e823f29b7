/** Step 1: the web ACL of the stage, before anything else (APIGW/apigateway-control-access-aws-waf). */
import type { BlockResponse, Decision } from "../../../waf/evaluation/decision.ts";
import type { WafRequest } from "../../../waf/inspection/request.ts";
import type { ContextVariables } from "../context-variables.ts";
import { GatewayError } from "../gateway-error.ts";
import type { IncomingRequest } from "../incoming-request.ts";

/** The part of the firewall that the gateway calls. */
export interface Firewall {
  evaluate(resourceArn: string, request: WafRequest): Decision & { webAclArn?: string };
}

/**
 * Evaluates the stage's web ACL. It sees the path as on AWS's own host, with the stage, and the
 * request by its extended id (both recorded in WAF/logging-examples). A custom response of the web
 * ACL goes before the API's gateway response (documented:
 * WAF/customizing-the-response-for-blocked-requests); that the log has its status is assumed.
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
  const { action, webAclArn, response } = waf.evaluate(stageArn, {
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
    .set("waf.status", action === "allow" ? "200" : String(response?.status ?? 403))
    .set("waf.latency", String(Math.round(performance.now() - startedAt)));
  if (action === "block") {
    throw new GatewayError("wafFiltered", { response: response && write(response) });
  }
}

/** Assumed: without a custom body the response has none, and no `x-amzn-ErrorType`. */
function write({ status, headers: own, body }: BlockResponse): Response {
  const headers = new Headers(own.map(([name, value]) => [name, value]));
  if (body) headers.set("content-type", body.contentType);
  const isBodiless = status === 204 || status === 304;
  return new Response(isBodiless ? null : (body?.content ?? null), { status, headers });
}
