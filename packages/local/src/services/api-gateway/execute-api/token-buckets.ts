/** Token buckets: burst and refill rate of a throttle. */
import type { ThrottleSettings } from "../store/method-settings.ts";

/** A limit: a bucket of `burst` tokens that is refilled with `rate` tokens per second. */
export interface RateLimit {
  rate: number;
  burst: number;
}

/** The account's limits, which are the defaults (APIGW/api-gateway-request-throttling). */
const accountLimit: RateLimit = { rate: 10_000, burst: 5_000 };

/** The limit of throttle settings. */
export function limitOf(settings: ThrottleSettings): RateLimit {
  return {
    rate: settings.throttlingRateLimit ?? accountLimit.rate,
    burst: settings.throttlingBurstLimit ?? accountLimit.burst,
  };
}

interface Bucket extends RateLimit {
  tokens: number;
  /** When the tokens were last counted, in ms since 1970. */
  countedAt: number;
}

/** Creates buckets; one is full at first, and again when its limit changes. `now` is in ms. */
export function createTokenBuckets(now: () => number) {
  const buckets = new Map<string, Bucket>();

  /** Takes a token from the bucket with this key; false when there is none. */
  function take(key: string, { rate, burst }: RateLimit): boolean {
    const time = now();
    const known = buckets.get(key);
    const isSame = known?.rate === rate && known.burst === burst;
    const { tokens: left, countedAt } = isSame ? known : { tokens: burst, countedAt: time };
    // A clock that is set back neither adds nor removes tokens.
    const elapsed = Math.max(0, time - countedAt) / 1000;
    const tokens = Math.min(burst, left + elapsed * rate);
    const isTaken = tokens >= 1;
    buckets.set(key, { rate, burst, tokens: isTaken ? tokens - 1 : tokens, countedAt: time });
    return isTaken;
  }

  return { take };
}

/** The buckets of one gateway. */
export type TokenBuckets = ReturnType<typeof createTokenBuckets>;
