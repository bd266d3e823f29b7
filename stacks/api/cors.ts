/** CORS preflight responses for the one web origin that a stage names; other stages have none. */
import { routes } from "@secure-lambda/functions/contract";

const OK = "204";

/** Adds `OPTIONS` to every route: a mock integration that responds for this origin only. */
export function createPreflight(api: sst.aws.ApiGatewayV1, origin: string): void {
  const headers = {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "authorization,content-type,x-api-key",
    "Access-Control-Max-Age": "600",
    Vary: "Origin",
  };
  for (const { path, greetsAs } of routes) {
    const { method, integration } = api.routeIntegration(
      `OPTIONS ${path}`,
      { type: "mock", requestTemplates: { "application/json": `{"statusCode":${OK}}` } },
      { name: `${greetsAs}Preflight` },
    ).nodes;
    const response = {
      restApi: integration.restApi,
      resourceId: integration.resourceId,
      httpMethod: method.httpMethod,
      statusCode: OK,
    };
    const methodResponse = new aws.apigateway.MethodResponse(`${greetsAs}PreflightResponse`, {
      ...response,
      responseParameters: mapKeys(headers, () => true),
    });
    new aws.apigateway.IntegrationResponse(
      `${greetsAs}PreflightHeaders`,
      { ...response, responseParameters: mapKeys(headers, (value) => `'${value}'`) },
      { dependsOn: [integration, methodResponse] },
    );
  }
}

function mapKeys<T>(headers: Readonly<Record<string, string>>, map: (value: string) => T) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, map(value)]),
  );
}
