/** Quota counters: how many requests each key has made in the current day, week or month. */
import type { Quota } from "../store/usage-plans.ts";

interface Count {
  /** In ms since 1970. */
  since: number;
  used: number;
}

/** Creates counters at zero. `now` is in ms since 1970. */
export function createQuotaCounters(now: () => number) {
  const counts = new Map<string, Count>();

  /** Counts a request for this key; false, and nothing is counted, when the quota is used up. */
  function take(key: string, { limit, period }: Quota): boolean {
    const since = startOf(period, new Date(now()));
    const known = counts.get(key);
    const used = known?.since === since ? known.used : 0;
    if (used >= limit) return false;
    counts.set(key, { since, used: used + 1 });
    return true;
  }

  return { take };
}

/** The counters of one gateway. */
export type QuotaCounters = ReturnType<typeof createQuotaCounters>;

/** When a period began. Assumed: calendar periods in UTC, weeks from Sunday. */
function startOf(period: Quota["period"], time: Date): number {
  const [year, month, day] = [time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()];
  const starts = {
    DAY: Date.UTC(year, month, day),
    WEEK: Date.UTC(year, month, day - time.getUTCDay()),
    MONTH: Date.UTC(year, month),
  };
  return starts[period];
}
