/** Counts requests of each address in a sliding window, for rate-based statements. */

/** AWS tracks at most this many addresses for a rule (WAF/waf-rule-statement-type-rate-based-caveats). */
const maximumAddresses = 10_000;

/**
 * Counts in seconds' steps. AWS estimates and lags by about 30 s; here the count is exact and at
 * once (assumed to teach the same lesson sooner).
 */
export function createRateCounter(windowSeconds: number, now: () => number) {
  const secondsByAddress = new Map<string, Map<number, number>>();

  return {
    /** Counts a request of an address and tells how many the window now holds. */
    add(address: string): number {
      const second = Math.floor(now() / 1000);
      const counts = secondsByAddress.get(address) ?? new Map<number, number>();
      counts.set(second, (counts.get(second) ?? 0) + 1);
      for (const counted of counts.keys()) {
        if (counted <= second - windowSeconds) counts.delete(counted);
      }
      // Deleting first moves the address to the end: the first one is the longest silent.
      secondsByAddress.delete(address);
      secondsByAddress.set(address, counts);
      const [oldest] = secondsByAddress.keys();
      if (secondsByAddress.size > maximumAddresses && oldest !== undefined) {
        secondsByAddress.delete(oldest);
      }
      return counts.values().reduce((sum, count) => sum + count, 0);
    },
  };
}
