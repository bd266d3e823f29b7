/**
 * Metering by API key, for stages that enable it. A key does not authenticate a caller: the token
 * does.
 */
import type { StageSettings } from "../settings/settings.ts";

const REQUESTS_PER_MONTH = 1_000_000;

/** Creates a usage plan for the stage with a first key, whose value is in the AWS console. */
export function createUsagePlan(api: sst.aws.ApiGatewayV1, { throttle }: StageSettings) {
  const plan = api.addUsagePlan("ApiUsagePlan", {
    throttle: { rate: throttle.rateLimit, burst: throttle.burstLimit },
    quota: { limit: REQUESTS_PER_MONTH, period: "month" },
  });
  return { apiKeyId: plan.addApiKey("ApiKey").nodes.apiKey.id };
}
