/** Counts requests per address in a sliding window, for rate-based statements. */

/** AWS tracks at most this many addresses for a rule (WAF/waf-rule-statement-type-rate-based-caveats). */
const maximumAddresses = 10_000;

/** The local cloud's own: the seconds that are counted of all addresses, about 50 bytes each. */
const maximumSeconds = 100_000;

/**
 * Counts per second. AWS estimates, with a delay of about 30 s; here the count is exact and
 * immediate.
 */
export function createRateCounter(windowSeconds: number, now: () => number) {
  const secondsByAddress = new Map<string, Map<number, number>>();
  let seconds = 0;

  function forget(address: string): void {
    seconds -= secondsByAddress.get(address)?.size ?? 0;
    secondsByAddress.delete(address);
  }

  /** Counts a request of an address and returns the count in the window. */
  function add(address: string): number {
    const second = Math.floor(now() / 1000);
    const counts = secondsByAddress.get(address) ?? new Map<number, number>();
    // Forgetting first moves the address to the end: the first one is the least recently seen.
    forget(address);
    counts.set(second, (counts.get(second) ?? 0) + 1);
    for (const counted of counts.keys()) {
      if (counted <= second - windowSeconds) counts.delete(counted);
    }
    secondsByAddress.set(address, counts);
    seconds += counts.size;
    for (const oldest of secondsByAddress.keys()) {
      if (secondsByAddress.size <= maximumAddresses && seconds <= maximumSeconds) break;
      forget(oldest);
    }
    return counts.values().reduce((sum, count) => sum + count, 0);
  }

  return { add };
}
