/** Time series, and what metric math does to their data points. */
import { unsupportedMath } from "./errors.ts";

/** A series of data points. */
export interface TimeSeries {
  readonly label: string;
  /** Seconds, as AWS counts them, of one period. */
  readonly period: number;
  /** Values by the start of their period in milliseconds since 1970, the oldest first. */
  readonly points: ReadonlyMap<number, number>;
}

/** A series with other points; one that is no finite number is dropped. */
export function withPoints(
  series: TimeSeries,
  points: Iterable<readonly [number, number | undefined]>,
): TimeSeries {
  const kept = [...points].filter((point): point is [number, number] => Number.isFinite(point[1]));
  return { ...series, points: new Map(kept) };
}

/** The times at which at least one series has a data point, the first first. @throws AwsError */
export function timesOf(all: readonly TimeSeries[]): number[] {
  const [first, ...rest] = all;
  if (rest.some(({ period }) => period !== first?.period)) {
    throw unsupportedMath("series of different periods");
  }
  const times = new Set(all.flatMap(({ points }) => [...points.keys()]));
  return [...times].toSorted((one, other) => one - other);
}

/**
 * Combines the data points of two series, or of a series and a number. A missing value counts as 0,
 * and what is divided by zero is dropped (documented: CLOUDWATCH/using-metric-math, Basic arithmetic
 * functions); a time at which no series has a value is in none.
 */
export function combine(
  left: number | TimeSeries,
  right: number | TimeSeries,
  operate: (left: number, right: number) => number,
): number | TimeSeries {
  if (typeof left === "number" && typeof right === "number") return operate(left, right);
  const all = [left, right].filter((one) => typeof one !== "number");
  const [series] = all;
  if (series === undefined) return Number.NaN;
  const at = (of: number | TimeSeries, time: number) =>
    typeof of === "number" ? of : (of.points.get(time) ?? 0);
  return withPoints(
    series,
    timesOf(all).map((time) => [time, operate(at(left, time), at(right, time))]),
  );
}

/** One series out of several: `reduce` gets the value of each at a time, undefined where it has none. */
export function reduceSeries(
  all: readonly TimeSeries[],
  reduce: (values: readonly (number | undefined)[]) => number,
): TimeSeries {
  const series: TimeSeries = all[0] ?? { label: "", period: 60, points: new Map() };
  return withPoints(
    series,
    timesOf(all).map((time) => [time, reduce(all.map(({ points }) => points.get(time)))]),
  );
}
