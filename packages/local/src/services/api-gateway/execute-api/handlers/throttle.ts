/** Step 5b: the stage's throttling. Assumed to come after the authorizer: AWS does not say. */
import { GatewayError } from "../gateway-error.ts";
import { throttleOf } from "../../store/method-settings.ts";
import type { Route } from "../../store/routes.ts";
import type { ServedStage } from "../../store/stages.ts";
import type { UsagePlan } from "../../store/usage-plans.ts";
import { limitOf, type RateLimit, type TokenBuckets } from "../token-buckets.ts";

/**
 * Takes a token from the method's bucket. Each method has its own bucket, even where one setting
 * applies to all of them.
 * @throws GatewayError throttled
 */
export function throttle(buckets: TokenBuckets, stage: ServedStage, route: Route): void {
  const { resourcePath, method } = route;
  const settings = throttleOf(stage.methodSettings, resourcePath, method.httpMethod);
  const limit = limitOf(settings);
  if (limit.rate < 0 || limit.burst < 0) return;
  const bucket = `${stage.arn} ${resourcePath} ${method.httpMethod}`;
  if (buckets.take(bucket, limit)) return;
  throw new GatewayError("throttled", {
    reason: limitExceeded(stage, route, limit),
    facts: { ...limit },
  });
}

/**
 * What the execution log says (documented with a plan: REPOST/api-gateway-429-limit; recorded without
 * one, of a method's limit).
 */
export function limitExceeded(
  { restApiId, stageName }: ServedStage,
  { resourceId, method }: Route,
  { rate, burst }: RateLimit,
  plan?: UsagePlan,
): string {
  const place = `RestApi ${restApiId}, Stage ${stageName}, Resource ${resourceId}`;
  const of = plan ? `Usage Plan ID ${plan.id}, ${place}` : place;
  const limit = `Limit: ${rate.toFixed(2)} Burst: ${String(burst)}`;
  return `Key throttle limit exceeded for ${of}, HttpMethod ${method.httpMethod}. ${limit}`;
}
