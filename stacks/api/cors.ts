/** CORS preflight responses for the one web origin that a stage names; other stages have none. */
import { routeRows, type RouteRow } from "@secure-lambda/functions/contract";

const OK = "204";

/** Adds `OPTIONS` to every path: a mock integration that responds for this origin only. */
export function createPreflight(api: sst.aws.ApiGatewayV1, origin: string): void {
  const shared = {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Headers": "authorization,content-type,x-api-key",
    "Access-Control-Max-Age": "600",
    Vary: "Origin",
  };
  for (const { name, path } of routeRows.filter(isFirstOfPath)) {
    const methods = routeRows.filter((route) => route.path === path).map(({ method }) => method);
    const headers = { ...shared, "Access-Control-Allow-Methods": methods.join() };
    const { method, integration } = api.routeIntegration(
      `OPTIONS ${path}`,
      { type: "mock", requestTemplates: { "application/json": `{"statusCode":${OK}}` } },
      { name: `${name}Preflight` },
    ).nodes;
    const response = {
      restApi: integration.restApi,
      resourceId: integration.resourceId,
      httpMethod: method.httpMethod,
      statusCode: OK,
    };
    const methodResponse = new aws.apigateway.MethodResponse(`${name}PreflightResponse`, {
      ...response,
      responseParameters: mapKeys(headers, () => true),
    });
    new aws.apigateway.IntegrationResponse(
      `${name}PreflightHeaders`,
      { ...response, responseParameters: mapKeys(headers, (value) => `'${value}'`) },
      { dependsOn: [integration, methodResponse] },
    );
  }
}

/** The route that gives the preflight of its path a name. */
const isFirstOfPath = (route: RouteRow, index: number, all: readonly RouteRow[]) =>
  all.findIndex(({ path }) => path === route.path) === index;

function mapKeys<T>(headers: Readonly<Record<string, string>>, map: (value: string) => T) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, map(value)]),
  );
}
