/** Medians and spread of a few measured values. */

/** A sample by its median and quartiles, and as it was measured. */
export interface Spread {
  readonly median: number;
  readonly q1: number;
  readonly q3: number;
  /** In the order of the rounds. */
  readonly values: readonly number[];
}

/** Describes a sample. @throws RangeError when it is empty. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    q1: quantile(sorted, 0.25),
    q3: quantile(sorted, 0.75),
    values,
  };
}

/** The value below which a part `p` of the sorted sample lies, interpolated. @throws RangeError when it is empty. */
export function quantile(sorted: readonly number[], p: number): number {
  const position = (sorted.length - 1) * p;
  const low = sorted[Math.floor(position)];
  const high = sorted[Math.ceil(position)];
  if (low === undefined || high === undefined) throw new RangeError("An empty sample.");
  return low + (high - low) * (position - Math.floor(position));
}

/**
 * How many times as much `a` is as `b`: the median of the ratios of each round. What slows the
 * machine down for a while slows both down, and cancels out. @throws RangeError unless the rounds are the same.
 */
export function ratioOf(a: Spread, b: Spread): number {
  if (a.values.length !== b.values.length) throw new RangeError("Samples of different runs.");
  const ratios = a.values.map((value, round) => value / (b.values[round] ?? Number.NaN));
  return spreadOf(ratios).median;
}

/** Half the distance between the quartiles: what stands behind ± in the tables. */
export const halfSpread = ({ q1, q3 }: Spread): number => (q3 - q1) / 2;
