/** Summaries: what CloudWatch keeps of a metric's values in one minute, and statistics are made of. */

/** Many values of a metric in one. */
export interface Summary {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  /** How often each value is there; undefined where only the other members are known. */
  readonly values: ReadonlyMap<number, number> | undefined;
}

/** What was published of a metric at once: a value as often as `count` says, or a set of statistics. */
export type Sample = Summary | { readonly value: number; readonly count: number };

/** A summary to which values are added. */
export interface GrowingSummary extends Summary {
  /** Adds a sample; gives how many distinct values this has added. */
  add(sample: Sample): number;
}

/**
 * Distinct values that a summary keeps as they are; a further one is kept to three digits, so
 * percentiles are off by at most 0.5 %.
 */
export const mostExactValues = 1_000;

/** Creates an empty summary. */
export function createSummary(): GrowingSummary {
  let [count, sum, minimum, maximum] = [0, 0, Infinity, -Infinity];
  let values: Map<number, number> | undefined = new Map();

  function addValue(value: number, times: number): number {
    if (values === undefined) return 0;
    const isExact = values.has(value) || values.size < mostExactValues;
    const kept = isExact ? value : Number(value.toPrecision(3));
    const before = values.size;
    values.set(kept, (values.get(kept) ?? 0) + times);
    return values.size - before;
  }

  /** A set of one value is that value (documented: CLOUDWATCH/cloudwatch_concepts, Percentiles). */
  function addDistribution(summary: Summary): number {
    const { values: added } = summary;
    if (added === undefined && summary.minimum === summary.maximum) {
      return addValue(summary.minimum, summary.count);
    }
    const before = values?.size ?? 0;
    if (added === undefined) values = undefined;
    else for (const [value, times] of added) addValue(value, times);
    return (values?.size ?? 0) - before;
  }

  return {
    add(sample) {
      const isSummary = "sum" in sample;
      count += sample.count;
      sum += isSummary ? sample.sum : sample.value * sample.count;
      minimum = Math.min(minimum, isSummary ? sample.minimum : sample.value);
      maximum = Math.max(maximum, isSummary ? sample.maximum : sample.value);
      return isSummary ? addDistribution(sample) : addValue(sample.value, sample.count);
    },
    get count() {
      return count;
    },
    get sum() {
      return sum;
    },
    get minimum() {
      return minimum;
    },
    get maximum() {
      return maximum;
    },
    get values() {
      return values;
    },
  };
}

/** The summary of several; undefined for none. */
export function merge(summaries: readonly Summary[]): Summary | undefined {
  const [first, ...rest] = summaries;
  if (first === undefined || rest.length === 0) return first;
  const all = createSummary();
  for (const summary of summaries) all.add(summary);
  return all;
}
