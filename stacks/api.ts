/** The front door: a regional REST API whose every route has its own user pool authorizer. */
import { routes } from "@secure-lambda/core/contract";
import type { Identity } from "./identity.ts";
import type { StageSettings } from "./settings.ts";

interface ApiArgs {
  settings: StageSettings;
  identity: Identity;
  externalLambda: sst.aws.Function;
}

export function createApi({ settings, identity, externalLambda }: ApiArgs) {
  const api = new sst.aws.ApiGatewayV1("Api", {
    endpoint: { type: "regional" },
    cors: false,
    transform: { stage: writeAccessLog },
  });

  for (const { path, userPool } of routes) {
    const authorizer = api.addAuthorizer({
      name: `AGAuthorizer${userPool}`,
      userPools: [identity.pools[userPool].arn],
    });
    api.route(`POST ${path}`, externalLambda.arn, {
      auth: { cognito: { authorizer: authorizer.id } },
    });
  }
  api.deploy();

  const { stage } = api.nodes;
  if (stage === undefined) throw new Error("The API has no stage before it is deployed.");
  new aws.apigateway.MethodSettings("ApiThrottle", {
    restApi: api.nodes.api.id,
    stageName: stage.stageName,
    methodPath: "*/*",
    settings: {
      throttlingRateLimit: settings.throttle.rateLimit,
      throttlingBurstLimit: settings.throttle.burstLimit,
    },
  });
  return { url: api.url, stageArn: stage.arn };
}

/** One JSON object a request. Values from clients stand in quotes; no token and no name is in it. */
function writeAccessLog(stage: aws.apigateway.StageArgs): undefined {
  const format = JSON.stringify({
    requestId: "$context.requestId",
    ip: "$context.identity.sourceIp",
    method: "$context.httpMethod",
    path: "$context.path",
    status: "$context.status",
    latency: "$context.responseLatency",
    error: "$context.error.responseType",
    subject: "$context.authorizer.claims.sub",
  });
  stage.accessLogSettings = $util
    .output(stage.accessLogSettings)
    .apply((settings) => ({ destinationArn: settings?.destinationArn ?? "", format }));
}
