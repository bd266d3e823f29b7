/** An API whose CORS preflight allows an origin, as SST's component and the stacks create it. */
import { putMethods } from "./gateway-harness.ts";

type Apis = Parameters<typeof putMethods>[0];

/** Deploys such an API as the stage of that name; what is changed later is not served. */
export function deployApiWithCors(
  { apis }: Apis,
  { origin, stageName = "local" }: { origin: string; stageName?: string },
) {
  const { id: restApiId, resourceIdOf } = putMethods({ apis }, [{ path: "/a" }]);
  const name = { restApiId, resourceId: resourceIdOf("/a"), httpMethod: "OPTIONS" };
  const header = "method.response.header.Access-Control-Allow-Origin";
  const requestTemplates = { "application/json": '{"statusCode":204}' };
  apis.putMethod({ ...name, authorization: "NONE" });
  apis.putIntegration({ ...name, type: "MOCK", requestTemplates });
  apis.putMethodResponse({ ...name, statusCode: "204", responseParameters: { [header]: true } });
  apis.putIntegrationResponse({
    ...name,
    statusCode: "204",
    responseParameters: { [header]: `'${origin}'` },
  });
  const { id: deploymentId } = apis.deploy({ restApiId });
  apis.putStage({ restApiId, stageName, deploymentId });
  return { restApiId, stageName };
}
