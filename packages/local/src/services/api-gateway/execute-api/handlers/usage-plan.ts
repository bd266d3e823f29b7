/** Step 5a: the limits of a client's usage plan, before those of the stage (documented). */
import { GatewayError } from "../errors.ts";
import type { Route } from "../../store/routes.ts";
import type { ServedStage } from "../../store/stages.ts";
import type { ApiClient } from "../../store/usage.ts";
import type { QuotaCounters } from "../quota-counters.ts";
import { limitOf, type TokenBuckets } from "../token-buckets.ts";

/** What the requests of clients are counted by. */
interface UsageCounts {
  buckets: TokenBuckets;
  quotas: QuotaCounters;
}

/**
 * Counts a request of a client. The plan's own limit and quota hold for a key across all stages
 * of the plan, a method's limit comes on top (documented: GW/api-gateway-api-usage-plans,
 * GW/api-gateway-request-throttling). Assumed: what is throttled does not count as used.
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
