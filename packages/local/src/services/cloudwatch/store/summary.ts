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

/** A summary to which values are added; many are kept, so it has nothing but them. */
export interface GrowingSummary {
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
  values: Map<number, number> | undefined;
}

/**
 * Distinct values that a summary keeps as they are; a further one is kept to three digits, so
 * percentiles are off by at most 0.5 %.
 */
export const mostExactValues = 1_000;

/** Creates an empty summary. */
export function createSummary(): GrowingSummary {
  return { count: 0, sum: 0, minimum: Infinity, maximum: -Infinity, values: new Map() };
}

/** Adds a sample to a summary; gives how many distinct values this has added. */
export function addTo(summary: GrowingSummary, sample: Sample): number {
  const before = summary.values?.size ?? 0;
  const isSummary = "sum" in sample;
  summary.count += sample.count;
  summary.sum += isSummary ? sample.sum : sample.value * sample.count;
  summary.minimum = Math.min(summary.minimum, isSummary ? sample.minimum : sample.value);
  summary.maximum = Math.max(summary.maximum, isSummary ? sample.maximum : sample.value);
  if (isSummary) addDistribution(summary, sample);
  else addValue(summary, sample.value, sample.count);
  return (summary.values?.size ?? 0) - before;
}

/** Leaves only what does not grow; gives how many distinct values that were. */
export function forgetValues(summary: GrowingSummary): number {
  const size = summary.values?.size ?? 0;
  summary.values = undefined;
  return size;
}

function addValue({ values }: GrowingSummary, value: number, times: number): void {
  if (values === undefined) return;
  const isExact = values.has(value) || values.size < mostExactValues;
  const kept = isExact ? value : Number(value.toPrecision(3));
  values.set(kept, (values.get(kept) ?? 0) + times);
}

/** A set of one value is that value (documented: CLOUDWATCH/cloudwatch_concepts, Percentiles). */
function addDistribution(summary: GrowingSummary, { values, minimum, maximum, count }: Summary) {
  if (values !== undefined) {
    for (const [value, times] of values) addValue(summary, value, times);
  } else if (minimum === maximum) {
    addValue(summary, minimum, count);
  } else {
    summary.values = undefined;
  }
}

/** The summary of several; undefined for none. */
export function merge(summaries: readonly Summary[]): Summary | undefined {
  const [first, ...rest] = summaries;
  if (first === undefined || rest.length === 0) return first;
  const all = createSummary();
  for (const summary of summaries) addTo(all, summary);
  return all;
}
