/** Step 5: the throttle of the method. Assumed to come after the authorizer: AWS does not say. */
import { GatewayError } from "../errors.ts";
import { throttleOf } from "../model/method-settings.ts";
import type { Route } from "../model/routes.ts";
import type { ServedStage } from "../model/stages.ts";
import type { TokenBuckets } from "../token-buckets.ts";

/** The account's limits fill what a setting leaves out (GW/api-gateway-request-throttling). */
const accountLimit = { throttlingRateLimit: 10_000, throttlingBurstLimit: 5_000 };

/**
 * Takes a token of the method's bucket. Each method has a bucket of its own, also where one
 * setting is for all of them.
 * @throws GatewayError throttled
 */
export function throttle(buckets: TokenBuckets, stage: ServedStage, route: Route): void {
  const { resourcePath, method } = route;
  const settings = throttleOf(stage.methodSettings, resourcePath, method.httpMethod);
  const rate = settings.throttlingRateLimit ?? accountLimit.throttlingRateLimit;
  const burst = settings.throttlingBurstLimit ?? accountLimit.throttlingBurstLimit;
  if (rate < 0 || burst < 0) return;
  const bucket = `${stage.arn} ${resourcePath} ${method.httpMethod}`;
  if (!buckets.take(bucket, { rate, burst })) throw new GatewayError("throttled");
}
