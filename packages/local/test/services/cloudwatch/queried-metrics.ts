/** Metrics with a few values, one a minute, and queries of them. */
import type { Metric } from "../../../src/services/cloudwatch/measurement.ts";
import type { MetricQuery } from "../../../src/services/cloudwatch/queries.ts";
import { createMetrics } from "../../../src/services/cloudwatch/store/metrics.ts";

export const minuteMs = 3_000;
export const start = 100 * minuteMs;
const metric = (metricName: string): Metric => ({ namespace: "Test", metricName, dimensions: {} });

/** A query of the metric with its id as name. */
export const metricQuery = (
  id: string,
  more: Partial<MetricQuery["metricStat"]> = {},
): MetricQuery => ({
  id,
  returnData: false,
  metricStat: { metric: metric(id), period: 60, stat: "Sum", ...more },
});

/** The values of metrics by their names; `undefined` is none. */
export type Values = Readonly<Record<string, readonly (number | undefined)[]>>;

/** A store in which each metric has these values, one a minute. */
export function storeWith(values: Values) {
  const metrics = createMetrics({ now: () => start, minuteMs });
  for (const [name, points] of Object.entries(values)) {
    for (const [at, value] of points.entries()) {
      const timestamp = start + at * minuteMs;
      if (value !== undefined) metrics.measure({ ...metric(name), value, unit: "None", timestamp });
    }
  }
  return metrics;
}
