/** aws:apigateway: deployments, the stages that serve them, and settings of a stage's methods. */
import type { RestApis } from "../store/rest-apis.ts";
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import { stageKeyInputs } from "./keys.ts";

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
export const stageResources = (apis: RestApis) => [
  replacedWhen(
    ["restApi", "triggers"],
    defineResource({
      type: "aws:apigateway/deployment:Deployment",
      inert: ["description"],
      inputs: z.strictObject({ restApi: z.string(), triggers: strings.optional() }),
      apply: ({ restApi: restApiId }, { previous }) => {
        const { id } = previous ?? apis.deploy({ restApiId });
        return { id, outputs: {} };
      },
      remove: ({ id }) => apis.deleteDeployment(id),
    }),
  ),
  replacedWhen(
    ["restApi", "stageName"],
    defineResource({
      type: "aws:apigateway/stage:Stage",
      inert: ["cacheClusterSize", "description", "documentationVersion"],
      inputs: stageInputs,
      apply: ({ restApi: restApiId, deployment: deploymentId, ...inputs }) => {
        const { stageName, variables, accessLogSettings, xrayTracingEnabled } = inputs;
        const settings = { variables, accessLogSettings, xrayTracingEnabled };
        const outputs = apis.putStage({ restApiId, stageName, deploymentId, ...settings });
        const id = `ags-${restApiId}-${stageName}`;
        return { id, outputs };
      },
      remove: ({ outputs }) => {
        const { restApi, stageName } = z.object(stageKeyInputs).parse(outputs);
        apis.deleteStage(restApi, stageName);
      },
    }),
  ),
  replacedWhen(
    ["restApi", "stageName", "methodPath"],
    defineResource({
      type: "aws:apigateway/methodSettings:MethodSettings",
      inputs: z.strictObject({ ...settingsPlace.shape, settings: methodSettings }),
      apply: ({ restApi: restApiId, stageName, methodPath, settings }) => {
        apis.putMethodSettings({ restApiId, stageName, methodPath, settings });
        const id = `${restApiId}-${stageName}-${methodPath}`;
        return { id, outputs: {} };
      },
      remove: ({ outputs }) => {
        const { restApi, stageName, methodPath } = settingsPlace.parse(outputs);
        apis.deleteMethodSettings(restApi, stageName, methodPath);
      },
    }),
  ),
];
