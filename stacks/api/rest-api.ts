/** The regional REST API, in which every route has the authorizer of its user pool. */
import { type RouteRow, routeRows } from "@secure-lambda/functions/contract";
import { accessLogFormat } from "./access-log.ts";
import { recordSnapshot } from "./snapshot.ts";
import { createRequestValidation, type RequestValidation } from "./request-validator.ts";
import { createApiStage } from "./stage.ts";
import { createPreflight } from "./cors.ts";
import { createGatewayResponses } from "./gateway-responses.ts";
import type { LogSettings } from "../shared/log-groups.ts";
import type { Identity, UserPool } from "../identity/user-pools.ts";
import { authorizerName } from "../settings/names.ts";
import type { Stage } from "../settings/stage.ts";
import { createUsagePlan } from "./usage-plan.ts";

interface ApiArgs {
  stage: Stage;
  logs: LogSettings;
  identity: Identity;
  externalLambda: sst.aws.Function;
}

interface RouteArgs extends Omit<ApiArgs, "identity" | "logs"> {
  api: sst.aws.ApiGatewayV1;
  authorizer: aws.apigateway.Authorizer;
  validation: RequestValidation;
}

/** The API as the firewall, alarms and the dashboard need it. */
export type Api = ReturnType<typeof createApi>;

/** Creates the API with its routes, gateway responses and stage. */
export function createApi({ stage, logs, identity, externalLambda }: ApiArgs) {
  const { settings, names } = stage;
  const snapshot = recordSnapshot();
  const api = new sst.aws.ApiGatewayV1("Api", {
    endpoint: { type: "regional" },
    cors: false,
    transform: {
      api: (args) => onlyByTls13(args),
      // SST's own name ends in letters that are not known before; it ignores changes of it.
      accessLog: (group, options) => {
        Object.assign(group, logs, { name: names.accessLog });
        options.ignoreChanges = [];
      },
      deployment: (deployment, options) => snapshot.watch(deployment, options),
      stage: (args) => logAndTrace(args),
    },
  });
  const validation = createRequestValidation(api);
  createGatewayResponses(api, settings);

  for (const pool of identity.pools) {
    const ofPool = routeRows.filter(({ userPool }) => userPool === pool.number);
    if (ofPool.length === 0) continue;
    const authorizer = addAuthorizer(api, pool);
    for (const route of ofPool) {
      addRoute(route, { stage, externalLambda, api, authorizer, validation });
    }
  }
  if (settings.corsOrigin !== undefined) {
    createPreflight(api, settings.corsOrigin);
  }
  const apiStage = createApiStage(api, stage, logs);
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
function addAuthorizer(api: sst.aws.ApiGatewayV1, pool: UserPool) {
  return api.addAuthorizer({
    name: authorizerName(pool.number),
    userPools: [pool.arn],
    ttl: 0,
    transform: { authorizer: { identityValidationExpression: $interpolate`^${pool.clientId}$` } },
  }).nodes.authorizer;
}

/**
 * Adds a method, and lets API Gateway invoke the function for it: for this method and path of this
 * stage only. A parameter of the path is `*` there (documented: APIGW/api-gateway-control-access-using-iam-policies-to-invoke-api).
 */
function addRoute({ name, method, path, request }: RouteRow, args: RouteArgs): void {
  const { stage, externalLambda, api, authorizer, validation } = args;
  api.routeIntegration(
    `${method} ${path}`,
    {
      type: "aws-proxy",
      integrationHttpMethod: "POST",
      uri: externalLambda.nodes.function.invokeArn,
    },
    {
      name,
      auth: { cognito: { authorizer: authorizer.id } },
      apiKey: stage.settings.apiKeys,
      transform: { method: validation.of(request) },
    },
  );
  const invoked = path.replaceAll(/\{\w+\}/g, "*");
  new aws.lambda.Permission(`ApiMayInvoke${name}`, {
    action: "lambda:InvokeFunction",
    function: externalLambda.arn,
    principal: "apigateway.amazonaws.com",
    sourceArn: $interpolate`${api.nodes.api.executionArn}/${stage.name}/${method}${invoked}`,
  });
}

/**
 * TLS 1.3 only, which browsers, curl and Node.js have spoken for years, and only to the name that the
 * certificate was asked for (APIGW/apigateway-security-policies).
 */
function onlyByTls13(args: aws.apigateway.RestApiArgs): undefined {
  args.securityPolicy = "SecurityPolicy_TLS13_1_3_2025_09";
  args.endpointAccessMode = "STRICT";
}

function logAndTrace(stage: aws.apigateway.StageArgs): undefined {
  stage.xrayTracingEnabled = true;
  stage.accessLogSettings = $util
    .output(stage.accessLogSettings)
    .apply((log) => ({ destinationArn: log?.destinationArn ?? "", format: accessLogFormat }));
}
