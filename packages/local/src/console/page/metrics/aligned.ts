/** Time series on a common axis, as uPlot draws them. */

/** A series of data points: milliseconds since 1970, and a value. */
export interface Series {
  readonly label: string;
  readonly points: readonly (readonly [time: number, value: number])[];
}

/** The times in seconds, then the values of each series; null where one has none. */
export type Aligned = [times: number[], ...values: (number | null)[][]];

/** Puts the series on one axis. */
export function align(series: readonly Series[]): Aligned {
  const times = [...new Set(series.flatMap(({ points }) => points.map(([time]) => time)))];
  times.sort((one, other) => one - other);
  const values = series.map(({ points }) => {
    const byTime = new Map(points);
    return times.map((time) => byTime.get(time) ?? null);
  });
  return [times.map((time) => time / 1_000), ...values];
}

/** Where a value has none on either side: a line does not show it. */
export const loneIndexes = (values: readonly (number | null | undefined)[]): number[] =>
  values.flatMap((value, index) =>
    value == null || values[index - 1] != null || values[index + 1] != null ? [] : [index],
  );

/** How fast the minutes of AWS pass here, in words. */
export function describeSpeed(minuteMs: number): string {
  if (minuteMs === 60_000) return "A minute is a minute of the clock.";
  const seconds = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 }).format(
    minuteMs / 1_000,
  );
  // An hour takes as many minutes as a minute takes seconds.
  return `A minute of AWS passes in ${seconds} s here, and an hour in ${seconds} min, for metrics, alarms and retries.`;
}

// Created once: that takes longer than to format a thousand numbers.
const sixDigits = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 6 });

/** A value as the table has it. */
export const shortNumber = (value: number) => sixDigits.format(value);
