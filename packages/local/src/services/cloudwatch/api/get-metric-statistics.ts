/** GetMetricStatistics: several statistics of one metric. */
import * as z from "zod";
import { operation, type JsonOperation } from "../../../aws-protocol/json-protocol.ts";
import { invalidCombination, invalidValue } from "../errors.ts";
import { units } from "../measurement.ts";
import type { Metrics } from "../store/metrics.ts";
import { simpleStatistics, statisticOf } from "../store/statistics.ts";
import { dimensions, metricName, namespace, period, timestamp, unit } from "./shapes.ts";

const schema = z.strictObject({
  Namespace: namespace,
  MetricName: metricName,
  Dimensions: dimensions,
  StartTime: timestamp,
  EndTime: timestamp,
  Period: period,
  Statistics: z.array(z.enum(simpleStatistics)).min(1).max(5).optional(),
  ExtendedStatistics: z.array(z.string()).min(1).max(10).optional(),
  Unit: unit.optional(),
});

/** Documented: CLOUDWATCH-API/GetMetricStatistics. */
const mostDatapoints = 1_440;

/** The operation; it has a data point of each unit. */
export function getMetricStatistics(metrics: Metrics): JsonOperation {
  return operation(schema, (input) => {
    const { StartTime: start, EndTime: end, Statistics = [], ExtendedStatistics = [] } = input;
    // The errors of a range are recorded: LocalStack, its provider of CloudWatch.
    if (start >= end) {
      throw invalidValue("The parameter StartTime must be less than the parameter EndTime.");
    }
    const minutes = input.Period / 60;
    const count = Math.ceil((end - start) / (minutes * metrics.minuteMs));
    if (count > mostDatapoints) {
      throw invalidCombination(
        `You have requested up to ${count} datapoints, which exceeds the limit of ${mostDatapoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      );
    }
    const names = [...Statistics, ...ExtendedStatistics];
    if (Statistics.length > 0 === ExtendedStatistics.length > 0) {
      throw invalidCombination("Specify either Statistics or ExtendedStatistics.");
    }
    const statistics = names.map((name) => [name, statisticOf(name)] as const);
    const { MetricName, Namespace, Dimensions } = input;
    const metric = { namespace: Namespace, metricName: MetricName, dimensions: Dimensions };
    const datapoints = (input.Unit === undefined ? units : [input.Unit]).flatMap((one) =>
      metrics.read({ metric, start, end, minutes, unit: one }).map(({ timestamp: at, summary }) => {
        const values = Object.fromEntries(
          statistics.map(([name, statistic]) => [name, statistic(summary)]),
        );
        const extended = ExtendedStatistics.length > 0 ? { ExtendedStatistics: values } : values;
        return { Timestamp: new Date(at), Unit: one, ...extended };
      }),
    );
    return { Label: MetricName, Datapoints: datapoints };
  });
}
