/** Step 5a: the client's usage plan, before the stage's throttling (documented). */
import { GatewayError } from "../gateway-error.ts";
import type { Route } from "../../store/routes.ts";
import type { ServedStage } from "../../store/stages.ts";
import type { ApiClient } from "../../store/usage.ts";
import type { QuotaCounters } from "../quota-counters.ts";
import { redact } from "../redact.ts";
import { limitOf, type TokenBuckets } from "../token-buckets.ts";
import { limitExceeded } from "./throttle.ts";

/** Counts the requests of clients. */
interface UsageCounts {
  buckets: TokenBuckets;
  quotas: QuotaCounters;
}

/**
 * Counts a request of a client. The plan's own limit and quota apply to a key across all stages of
 * the plan, a method's limit in addition (documented: APIGW/api-gateway-api-usage-plans,
 * APIGW/api-gateway-request-throttling). Assumed: throttled requests do not count towards the quota. What the
 * execution log says of each is documented: REPOST/api-gateway-429-limit.
 * @throws GatewayError throttled, quotaExceeded
 */
export function meterClient(
  { buckets, quotas }: UsageCounts,
  { key, plan }: ApiClient,
  stage: ServedStage,
  route: Route,
): void {
  const { resourcePath, method } = route;
  const account = `${plan.id} ${key.id}`;
  const name = `${resourcePath} ${method.httpMethod}`;
  const own = plan.stages
    .find((it) => it.apiId === stage.restApiId && it.stage === stage.stageName)
    ?.throttles.get(name);
  const stageId = `${stage.restApiId}/${stage.stageName}`;
  const exceeded = (what: string) =>
    `API Key ${redact(key.value)} exceeded ${what} limit for API Stage ${stageId}:`;

  const facts = { usagePlan: plan.id, apiKey: key.id };

  const limits = [
    [`${account} ${stage.arn} ${name}`, own],
    [account, plan.throttle],
  ] as const;
  for (const [bucket, settings] of limits) {
    if (!settings || buckets.take(bucket, limitOf(settings))) continue;
    const limit = limitOf(settings);
    const reason = `${exceeded("throttle")} ${limitExceeded(stage, route, limit, plan)}`;
    throw new GatewayError("throttled", { reason, facts: { ...facts, ...limit } });
  }
  if (!plan.quota || quotas.take(account, plan.quota)) return;
  const { limit, period } = plan.quota;
  const reason = `Key quota exhausted for Usage Plan ID ${plan.id}. Quota Limit: ${String(limit)} Period: ${period}`;
  throw new GatewayError("quotaExceeded", {
    reason: `${exceeded("quota")} ${reason}`,
    facts: { ...facts, limit, period },
  });
}
