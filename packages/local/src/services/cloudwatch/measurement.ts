/** Measurements: the values of CloudWatch's metrics, as AWS's services publish them. */

/** A metric: what a namespace, a name and a set of dimensions identify together. */
export interface Metric {
  /** Such as `AWS/Lambda`. */
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The units in which AWS's services publish their metrics. */
export type Unit = "Count" | "Milliseconds" | "Seconds" | "Bytes" | "Percent" | "None";

/** One value of a metric. */
export interface Measurement extends Metric {
  readonly value: number;
  readonly unit: Unit;
  /** Milliseconds since 1970; the time at which it is taken by default. */
  readonly timestamp?: number;
}

/** Takes measurements; it does not throw. */
export type Measure = (...measurements: readonly Measurement[]) => void;
