/** The regional REST API, in which every route has its own user pool authorizer. */
import { routes, type Route } from "@secure-lambda/functions/contract";
import { accessLogFormat } from "./access-log.ts";
import { recordSnapshot } from "./snapshot.ts";
import { createRequestModel } from "./request-validator.ts";
import { createApiStage } from "./stage.ts";
import { createPreflight } from "./cors.ts";
import { createGatewayResponses } from "./gateway-responses.ts";
import type { Identity, UserPool } from "../identity/user-pools.ts";
import { authorizerName } from "../settings/names.ts";
import type { Stage } from "../settings/stage.ts";
import { createUsagePlan } from "./usage-plan.ts";

interface ApiArgs {
  stage: Stage;
  identity: Identity;
  externalLambda: sst.aws.Function;
}

interface RouteArgs {
  api: sst.aws.ApiGatewayV1;
  externalLambda: sst.aws.Function;
  route: Route;
  stage: Stage;
}

/** The API as the firewall, alarms and the dashboard need it. */
export type Api = ReturnType<typeof createApi>;

/** Creates the API with its routes, gateway responses and stage. */
export function createApi({ stage, identity, externalLambda }: ApiArgs) {
  const { settings } = stage;
  const snapshot = recordSnapshot();
  const api = new sst.aws.ApiGatewayV1("Api", {
    endpoint: { type: "regional" },
    cors: false,
    accessLog: { retention: settings.logRetention },
    transform: {
      deployment: (deployment, options) => snapshot.watch(deployment, options),
      stage: (args) => logAndTrace(args),
    },
  });
  const request = createRequestModel(api);
  createGatewayResponses(api, settings);

  for (const route of routes) {
    const pool = identity.pools[route.userPool];
    const authorizer = addAuthorizer(api, route, pool);
    api.routeIntegration(
      `POST ${route.path}`,
      {
        type: "aws-proxy",
        integrationHttpMethod: "POST",
        uri: externalLambda.nodes.function.invokeArn,
      },
      {
        name: route.greetsAs,
        auth: { cognito: { authorizer: authorizer.id } },
        apiKey: settings.apiKeys,
        transform: {
          method: {
            requestValidatorId: request.validator.id,
            requestModels: { "application/json": request.model.name },
          },
        },
      },
    );
    allowRoute({ api, externalLambda, route, stage });
  }
  if (settings.corsOrigin !== undefined) {
    createPreflight(api, settings.corsOrigin);
  }
  const apiStage = createApiStage(api, stage);
  const keyOutputs = settings.apiKeys ? createUsagePlan(api, settings) : {};
  return {
    name: api.nodes.api.name,
    stageName: apiStage.stageName,
    stageArn: apiStage.arn,
    accessLog: apiStage.accessLog,
    outputs: { apiUrl: api.url, apiStillServes: snapshot.stillServed(), ...keyOutputs },
  };
}

/**
 * The authorizer caches no decision (TTL 0), so that an expired token is rejected at once. The
 * expression validates the token's audience; access tokens have none and are rejected (documented).
 */
function addAuthorizer(api: sst.aws.ApiGatewayV1, route: Route, pool: UserPool) {
  return api.addAuthorizer({
    name: authorizerName(route.userPool),
    userPools: [pool.arn],
    ttl: 0,
    transform: { authorizer: { identityValidationExpression: $interpolate`^${pool.clientId}$` } },
  }).nodes.authorizer;
}

/** Lets API Gateway invoke the function for this method and path of this stage only. */
function allowRoute({ api, externalLambda, route, stage }: RouteArgs): void {
  new aws.lambda.Permission(`ApiMayInvoke${route.greetsAs}`, {
    action: "lambda:InvokeFunction",
    function: externalLambda.arn,
    principal: "apigateway.amazonaws.com",
    sourceArn: $interpolate`${api.nodes.api.executionArn}/${stage.name}/POST${route.path}`,
  });
}

function logAndTrace(stage: aws.apigateway.StageArgs): undefined {
  stage.xrayTracingEnabled = true;
  stage.accessLogSettings = $util
    .output(stage.accessLogSettings)
    .apply((log) => ({ destinationArn: log?.destinationArn ?? "", format: accessLogFormat }));
}
