/** The API's stage: its throttle, its metrics and its execution log. */
import type { LogSettings } from "../shared/log-groups.ts";
import type { Stage } from "../settings/stage.ts";

/** Deploys the API and throttles the methods of its stage. */
export function createApiStage(
  api: sst.aws.ApiGatewayV1,
  { settings, names }: Stage,
  logs: LogSettings,
) {
  api.deploy();
  const { stage, logGroup } = api.nodes;
  if (stage === undefined || logGroup === undefined) {
    throw new Error("The API has no stage before it is deployed.");
  }
  // API Gateway would create the log group itself, and never delete its lines.
  const executionLog = new aws.cloudwatch.LogGroup("ApiExecutionLog", {
    name: api.nodes.api.id.apply(names.executionLog),
    ...logs,
  });
  new aws.apigateway.MethodSettings(
    "ApiMethodSettings",
    {
      restApi: api.nodes.api.id,
      stageName: stage.stageName,
      methodPath: "*/*",
      settings: {
        throttlingRateLimit: settings.throttle.rateLimit,
        throttlingBurstLimit: settings.throttle.burstLimit,
        metricsEnabled: settings.monitoring.methodMetrics,
        // Only errors, and never data: traced requests contain tokens and names.
        loggingLevel: "ERROR",
        dataTraceEnabled: false,
        cachingEnabled: false,
      },
    },
    { dependsOn: [executionLog] },
  );
  return { stageName: stage.stageName, arn: stage.arn, accessLog: logGroup.name };
}
