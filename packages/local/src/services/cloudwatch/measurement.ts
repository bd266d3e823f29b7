/** Measurements: the values of CloudWatch's metrics, as AWS's services publish them. */

/** A metric: what a namespace, a name and a set of dimensions identify together. */
export interface Metric {
  /** Such as `AWS/Lambda`. */
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The units of CloudWatch. */
export const units = [
  "Seconds",
  "Microseconds",
  "Milliseconds",
  "Bytes",
  "Kilobytes",
  "Megabytes",
  "Gigabytes",
  "Terabytes",
  "Bits",
  "Kilobits",
  "Megabits",
  "Gigabits",
  "Terabits",
  "Percent",
  "Count",
  "Bytes/Second",
  "Kilobytes/Second",
  "Megabytes/Second",
  "Gigabytes/Second",
  "Terabytes/Second",
  "Bits/Second",
  "Kilobits/Second",
  "Megabits/Second",
  "Gigabits/Second",
  "Terabits/Second",
  "Count/Second",
  "None",
] as const;

/** A unit of CloudWatch. */
export type Unit = (typeof units)[number];

/** One value of a metric. */
export interface Measurement extends Metric {
  readonly value: number;
  readonly unit: Unit;
  /** Milliseconds since 1970; the time at which it is taken by default. */
  readonly timestamp?: number;
}

/** Takes measurements; it does not throw. */
export type Measure = (...measurements: readonly Measurement[]) => void;
