/** ListMetrics: the metrics that have values. */
import * as z from "zod";
import { operation, type JsonOperation } from "../../../aws-protocol/json-protocol.ts";
import { pageOf } from "../../../aws-protocol/paging.ts";
import type { Metrics } from "../store/metrics.ts";
import { describeMetric, dimensionFilters, metricName, namespace } from "./shapes.ts";

const schema = z.strictObject({
  Namespace: namespace.optional(),
  MetricName: metricName.optional(),
  Dimensions: dimensionFilters,
  RecentlyActive: z.literal("PT3H").optional(),
  NextToken: z.string().optional(),
});

/** The operation (documented: CLOUDWATCH-API/ListMetrics, as the size of a page is). */
export function listMetrics(metrics: Metrics, now: () => number): JsonOperation {
  const threeHours = 3 * 60 * metrics.minuteMs;
  return operation(schema, (input) => {
    const { Namespace, MetricName, Dimensions, RecentlyActive, NextToken } = input;
    const since = RecentlyActive === undefined ? undefined : now() - threeHours;
    const found = metrics.list(since).filter(
      ({ namespace: space, metricName: name, dimensions }) =>
        (Namespace ?? space) === space &&
        (MetricName ?? name) === name &&
        Dimensions.every(({ Name, Value }) => {
          const own = Object.hasOwn(dimensions, Name) ? dimensions[Name] : undefined;
          return own !== undefined && (Value ?? own) === own;
        }),
    );
    const page = pageOf(found, 500, NextToken, "InvalidParameterValue");
    return { Metrics: page.items.map(describeMetric), NextToken: page.nextToken };
  });
}
