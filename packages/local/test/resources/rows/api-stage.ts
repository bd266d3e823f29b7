/** What serves a REST API, to whom and how fast. */
import type { Row } from "./row.ts";

export const stage: Row[] = [
  {
    type: "aws:apigateway/deployment:Deployment",
    name: "Deployment",
    inputs: (made) => ({ restApi: made.id("Api"), triggers: { redeployment: "one" } }),
    change: () => ({ triggers: { redeployment: "another" } }),
    replaced: true,
  },
  {
    type: "aws:apigateway/stage:Stage",
    name: "Stage",
    inputs: (made) => ({
      restApi: made.id("Api"),
      stageName: "test",
      deployment: made.id("Deployment"),
    }),
    change: () => ({ xrayTracingEnabled: true }),
  },
  {
    type: "aws:apigateway/methodSettings:MethodSettings",
    name: "MethodSettings",
    inputs: (made) => ({
      restApi: made.id("Api"),
      stageName: "test",
      methodPath: "*/*",
      settings: { throttlingRateLimit: 50, throttlingBurstLimit: 100 },
    }),
    change: () => ({ settings: { throttlingRateLimit: 5, throttlingBurstLimit: 10 } }),
  },
  {
    type: "aws:apigateway/apiKey:ApiKey",
    name: "ApiKey",
    inputs: () => ({}),
    change: () => ({ enabled: false }),
  },
  {
    type: "aws:apigateway/usagePlan:UsagePlan",
    name: "UsagePlan",
    inputs: (made) => ({ apiStages: [{ apiId: made.id("Api"), stage: "test" }] }),
    change: () => ({ quotaSettings: { limit: 10, period: "DAY" } }),
  },
  {
    type: "aws:apigateway/usagePlan:UsagePlan",
    name: "OtherPlan",
    inputs: () => ({}),
    change: () => ({ throttleSettings: { rateLimit: 1, burstLimit: 1 } }),
  },
  {
    type: "aws:apigateway/usagePlanKey:UsagePlanKey",
    name: "UsagePlanKey",
    inputs: (made) => ({
      keyId: made.id("ApiKey"),
      keyType: "API_KEY",
      usagePlanId: made.id("UsagePlan"),
    }),
    change: (made) => ({ usagePlanId: made.id("OtherPlan") }),
  },
];
