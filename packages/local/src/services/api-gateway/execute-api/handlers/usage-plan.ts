/** Step 5a: the client's usage plan, before the stage's throttling (documented). */
import { GatewayError } from "../gateway-error.ts";
import type { Route } from "../../store/routes.ts";
import type { ServedStage } from "../../store/stages.ts";
import type { ApiClient } from "../../store/usage.ts";
import type { QuotaCounters } from "../quota-counters.ts";
import { limitOf, type TokenBuckets } from "../token-buckets.ts";

/** Counts the requests of clients. */
interface UsageCounts {
  buckets: TokenBuckets;
  quotas: QuotaCounters;
}

/**
 * Counts a request of a client. The plan's own limit and quota apply to a key across all stages of
 * the plan, a method's limit in addition (documented: APIGW/api-gateway-api-usage-plans,
 * APIGW/api-gateway-request-throttling). Assumed: throttled requests do not count towards the quota.
 * @throws GatewayError throttled, quotaExceeded
 */
export function meterClient(
  { buckets, quotas }: UsageCounts,
  { key, plan }: ApiClient,
  stage: ServedStage,
  { resourcePath, method }: Route,
): void {
  const account = `${plan.id} ${key.id}`;
  const name = `${resourcePath} ${method.httpMethod}`;
  const own = plan.stages
    .find((it) => it.apiId === stage.restApiId && it.stage === stage.stageName)
    ?.throttles.get(name);
  const isThrottled =
    (own && !buckets.take(`${account} ${stage.arn} ${name}`, limitOf(own))) ||
    (plan.throttle && !buckets.take(account, limitOf(plan.throttle)));
  if (isThrottled) throw new GatewayError("throttled");
  if (plan.quota && !quotas.take(account, plan.quota)) throw new GatewayError("quotaExceeded");
}
