/** Step 1: the web ACL of the stage, before anything else (APIGW/apigateway-control-access-aws-waf). */
import { renderBlock } from "../../../waf/evaluation/block-response.ts";
import { type Decision, factsOf } from "../../../waf/evaluation/decision.ts";
import type { WafRequest } from "../../../waf/inspection/request.ts";
import type { RequestBody } from "../../../../http/request-body.ts";
import type { ContextVariables } from "../context-variables.ts";
import type { Facts } from "../../../../requests/step.ts";
import { GatewayError } from "../gateway-error.ts";
import type { IncomingRequest } from "../incoming-request.ts";

/** The part of the firewall that the gateway calls. */
export interface Firewall {
  /** How many bytes of a body it inspects; 0 for a resource without a web ACL. */
  inspectedBytes(resourceArn: string): number;
  evaluate(resourceArn: string, request: WafRequest): Decision & { webAclArn?: string };
}

/**
 * Evaluates the stage's web ACL, which waits for no more of the body than it inspects. It sees the path as on AWS's own host, with the stage, and the
 * request by its extended id (both recorded in WAF/logging-examples). A custom response of the web
 * ACL goes before the API's gateway response (documented:
 * WAF/customizing-the-response-for-blocked-requests); that the log has its status is assumed.
 * @throws GatewayError wafFiltered; RequestBodyError
 */
export async function checkFirewall(
  waf: Firewall,
  stageArn: string,
  request: IncomingRequest,
  body: RequestBody,
  variables: ContextVariables,
): Promise<Facts | undefined> {
  const { method, path, rawQuery, headers, sourceIp } = request;
  const inspected = waf.inspectedBytes(stageArn);
  const start = inspected === 0 ? undefined : await body.read(inspected + 1);
  const startedAt = performance.now();
  const { webAclArn, ...decision } = waf.evaluate(stageArn, {
    remoteAddress: sourceIp,
    method,
    path: variables.get("path") ?? path,
    queryString: rawQuery,
    headers,
    body: start,
    bodySize: body.announced,
    requestId: variables.get("extendedRequestId") ?? "",
  });
  if (webAclArn === undefined) return undefined;
  const { action, response } = decision;
  variables
    .set("webaclArn", webAclArn)
    .set("wafResponseCode", action === "allow" ? "WAF_ALLOW" : "WAF_BLOCK")
    .set("waf.status", action === "allow" ? "200" : String(response?.status ?? 403))
    .set("waf.latency", String(Math.round(performance.now() - startedAt)));
  if (action === "block") {
    const facts = factsOf(decision);
    const reason = `blocked by ${facts["groupRule"] ?? facts["rule"]}`;
    throw new GatewayError("wafFiltered", {
      response: response && renderBlock(response),
      reason,
      facts,
    });
  }
  return countedBy(decision);
}

/** The rules that only counted it. */
function countedBy({ matched }: Decision): Facts | undefined {
  const rules = matched
    .filter(({ action = "count" }) => action === "count")
    .flatMap(({ rule, group }) => group?.matched.map((inside) => inside.rule) ?? [rule]);
  return rules.length === 0 ? undefined : { counted: rules.join(", ") };
}
