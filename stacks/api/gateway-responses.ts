/** API Gateway's own responses: problem details (RFC 9457) with security headers. */
import { securityHeaders } from "@secure-lambda/functions/contract";
import { gatewayProblems, templateOf, type GatewayProblem } from "./gateway-problems.ts";
import type { StageSettings } from "../settings/settings.ts";

/** Creates a gateway response for every type that API Gateway lets an API customize. */
export function createGatewayResponses(api: sst.aws.ApiGatewayV1, settings: StageSettings): void {
  for (const [responseType, problem] of Object.entries(gatewayProblems)) {
    new aws.apigateway.Response(`GatewayResponse${responseType}`, {
      restApiId: api.nodes.api.id,
      responseType,
      ...(problem.status === undefined ? {} : { statusCode: String(problem.status) }),
      responseParameters: headersOf(problem, settings),
      responseTemplates: { "application/json": templateOf(problem) },
    });
  }
}

/** API Gateway expects static values in single quotes. */
function headersOf({ headers = {} }: GatewayProblem, { corsOrigin }: StageSettings) {
  const all = {
    "Content-Type": "application/problem+json",
    ...securityHeaders,
    ...headers,
    ...(corsOrigin === undefined
      ? {}
      : { "Access-Control-Allow-Origin": corsOrigin, Vary: "Origin" }),
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]),
  );
}
