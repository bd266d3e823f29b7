/** Metering by API key, for stages that turn it on. A key is no proof of who calls: tokens are. */
import type { StageSettings } from "../settings/settings.ts";

const REQUESTS_PER_MONTH = 1_000_000;

/** Creates a usage plan for the stage and a first key in it; its value is read in the console. */
export function createUsagePlan(api: sst.aws.ApiGatewayV1, { throttle }: StageSettings) {
  const plan = api.addUsagePlan("ApiUsagePlan", {
    throttle: { rate: throttle.rateLimit, burst: throttle.burstLimit },
    quota: { limit: REQUESTS_PER_MONTH, period: "month" },
  });
  return { apiKeyId: plan.addApiKey("ApiKey").nodes.apiKey.id };
}
