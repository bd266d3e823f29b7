/** aws:apigateway: deployments, the stages that serve them, and settings of a stage's methods. */
import type { RestApis } from "../store/rest-apis.ts";
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { type AppliedResource, defineResource } from "../../../provider/resource-type.ts";
import { limitation, limitationsOf } from "../../../provider/limitations.ts";
import { textOutput } from "../../../provider/outputs.ts";
import { removeIfMoved, stageKeyInputs } from "./keys.ts";

const strings = z.record(z.string(), z.string());

const stageInputs = z.strictObject({
  ...stageKeyInputs,
  deployment: z.string(),
  variables: strings.optional(),
  accessLogSettings: z.strictObject({ destinationArn: z.string(), format: z.string() }).optional(),
  xrayTracingEnabled: z.boolean().optional(),
  cacheClusterEnabled: z.literal(false, "the local cloud caches no responses").optional(),
  clientCertificateId: z
    .undefined("the local cloud presents no client certificate to integrations")
    .optional(),
  canarySettings: z.undefined("the local cloud has no canary releases").optional(),
});

/** What a cache would do has no effect, because there is none. */
const methodSettings = z.strictObject({
  throttlingRateLimit: z.number().optional(),
  throttlingBurstLimit: z.int().optional(),
  metricsEnabled: z.boolean().optional(),
  loggingLevel: z.enum(["OFF", "ERROR", "INFO"]).optional(),
  dataTraceEnabled: z.boolean().optional(),
  cachingEnabled: z.literal(false, "the local cloud caches no responses").optional(),
  cacheTtlInSeconds: z.int().optional(),
  cacheDataEncrypted: z.boolean().optional(),
  requireAuthorizationForCacheControl: z.boolean().optional(),
  unauthorizedCacheControlHeaderStrategy: z.string().optional(),
});

const settingsPlace = z.object({ ...stageKeyInputs, methodPath: z.string() });

/** Deployments, stages and method settings. */
export const stageResources = (apis: RestApis) => {
  const removeStage = ({ outputs }: AppliedResource) => {
    const { restApi, stageName } = z.object(stageKeyInputs).parse(outputs);
    apis.deleteStage(restApi, stageName);
  };
  const removeSettings = ({ outputs }: AppliedResource) => {
    const { restApi, stageName, methodPath } = settingsPlace.parse(outputs);
    apis.deleteMethodSettings(restApi, stageName, methodPath);
  };

  return [
    defineResource({
      // The provider replaces a deployment when its triggers change, and only then.
      type: "aws:apigateway/deployment:Deployment",
      inert: ["description"],
      inputs: z.strictObject({ restApi: z.string(), triggers: strings.optional() }),
      apply: ({ restApi: restApiId, triggers }, { previous }) => {
        const isSame =
          previous?.outputs["restApi"] === restApiId &&
          isDeepStrictEqual(previous.outputs["triggers"], triggers);
        return { id: isSame ? previous.id : apis.deploy({ restApiId }).id, outputs: {} };
      },
      remove: ({ id }) => apis.deleteDeployment(id),
    }),
    defineResource({
      type: "aws:apigateway/stage:Stage",
      inert: ["cacheClusterSize", "description", "documentationVersion"],
      inputs: stageInputs,
      limitations: ({ xrayTracingEnabled = false }) =>
        limitationsOf([xrayTracingEnabled, limitation.tracing]),
      apply: ({ restApi: restApiId, deployment: deploymentId, ...inputs }, { previous }) => {
        const { stageName, variables, accessLogSettings, xrayTracingEnabled } = inputs;
        const settings = { variables, accessLogSettings, xrayTracingEnabled };
        const outputs = apis.putStage({ restApiId, stageName, deploymentId, ...settings });
        const id = `ags-${restApiId}-${stageName}`;
        removeIfMoved(previous, id, removeStage);
        const replaced = textOutput(previous, "deployment");
        if (replaced !== undefined && replaced !== deploymentId) apis.deleteDeployment(replaced);
        return { id, outputs };
      },
      remove: removeStage,
    }),
    defineResource({
      type: "aws:apigateway/methodSettings:MethodSettings",
      inputs: z.strictObject({ ...settingsPlace.shape, settings: methodSettings }),
      limitations: ({
        settings: { metricsEnabled = false, loggingLevel = "OFF", dataTraceEnabled },
      }) =>
        limitationsOf(
          [metricsEnabled, { service: "API Gateway", text: "no metrics are kept" }],
          [
            loggingLevel !== "OFF" || dataTraceEnabled === true,
            { service: "API Gateway", text: "no execution logs are written" },
          ],
        ),
      apply: ({ restApi: restApiId, stageName, methodPath, settings }, { previous }) => {
        const { throttlingRateLimit, throttlingBurstLimit } = settings;
        apis.putMethodSettings({
          restApiId,
          stageName,
          methodPath,
          settings: { throttlingRateLimit, throttlingBurstLimit },
        });
        const id = `${restApiId}-${stageName}-${methodPath}`;
        removeIfMoved(previous, id, removeSettings);
        return { id, outputs: {} };
      },
      remove: removeSettings,
    }),
  ];
};
