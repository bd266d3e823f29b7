/** Step 2: the route, before any authorizer (recorded: LocalStack test_routing_not_found). */
import type { ContextVariables } from "../context-variables.ts";
import { GatewayError } from "../gateway-error.ts";
import type { IncomingRequest } from "../incoming-request.ts";
import { matchRoute, type RouteMatch } from "../../store/routes.ts";
import type { ResolvedStage } from "../resolve-stage.ts";

/**
 * Finds the route of a request.
 * @throws GatewayError missingAuthenticationToken, or incompleteSignature when there is a bearer
 * token: without a route AWS takes the Authorization header for a signature (reported: kouhan.cn).
 */
export function findRoute(
  { stage, path }: ResolvedStage,
  request: IncomingRequest,
  variables: ContextVariables,
): RouteMatch {
  const match = matchRoute(stage.routes, request.method, path);
  if (!match) {
    const isBearer = /^bearer\s/i.test(request.header("authorization") ?? "");
    const reason = `no resource and method for ${request.method} ${path}`;
    throw new GatewayError(isBearer ? "incompleteSignature" : "missingAuthenticationToken", {
      reason,
    });
  }
  variables.set("resourceId", match.route.resourceId).set("resourcePath", match.route.resourcePath);
  return match;
}
