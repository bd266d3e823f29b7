/** PutMetricData: what callers measure themselves. */
import * as z from "zod";
import { operation, type JsonOperation } from "../../../aws-protocol/json-protocol.ts";
import { invalidCombination, invalidValue } from "../errors.ts";
import type { Metrics } from "../store/metrics.ts";
import type { Sample } from "../store/summary.ts";
import { dimensions, integer, metricName, namespace, number, timestamp, unit } from "./shapes.ts";

const largest = 2 ** 360;
const value = number.pipe(z.number().min(-largest).max(largest));
const twoWeeks = 14 * 24 * 60 * 60 * 1000;
const twoHours = 2 * 60 * 60 * 1000;

const datum = z.strictObject({
  MetricName: metricName,
  Dimensions: dimensions,
  Timestamp: timestamp.optional(),
  Value: value.optional(),
  StatisticValues: z
    .strictObject({ SampleCount: value, Sum: value, Minimum: value, Maximum: value })
    .optional(),
  Values: z.array(value).max(150).optional(),
  Counts: z.array(value.pipe(z.number().positive())).max(150).optional(),
  Unit: unit.default("None"),
  // Minutes are kept of both.
  StorageResolution: integer.pipe(z.literal([1, 60])).optional(),
});

/** The operation. */
export function putMetricData(metrics: Metrics, now: () => number): JsonOperation {
  const schema = z.strictObject({
    Namespace: namespace,
    MetricData: z.array(datum).min(1).max(1000),
  });
  return operation(schema, ({ Namespace, MetricData }) => {
    // Documented: it should not be used; that AWS rejects it is assumed.
    if (Namespace.startsWith("AWS/")) {
      throw invalidValue("The value AWS/ for parameter Namespace is invalid.");
    }
    const read = MetricData.map((item, index) => {
      const member = `MetricData.member.${index + 1}`;
      const at = item.Timestamp ?? now();
      if (at < now() - twoWeeks || at > now() + twoHours) {
        throw invalidValue(
          `The parameter ${member}.Timestamp must be within the past two weeks or the next two hours.`,
        );
      }
      const of = { namespace: Namespace, metricName: item.MetricName, dimensions: item.Dimensions };
      return {
        of: { metric: of, unit: item.Unit, timestamp: at },
        samples: samplesOf(item, member),
      };
    });
    for (const { of, samples } of read) for (const sample of samples) metrics.add(of, sample);
    return {};
  });
}

/** Recorded: LocalStack cloudwatch.test_put_metric_data_validation; reported: AdRoll/goamz#301. */
function samplesOf(
  { Value, Values, Counts, StatisticValues }: z.output<typeof datum>,
  member: string,
): Sample[] {
  const exclusive = (other: string) =>
    invalidCombination(
      `The parameters ${member}.Value and ${member}.${other} are mutually exclusive and you have specified both.`,
    );
  if (Value !== undefined && Values !== undefined) throw exclusive("Values");
  if (Value !== undefined && StatisticValues !== undefined) throw exclusive("StatisticValues");
  if (Value !== undefined) return [{ value: Value, count: 1 }];
  if (StatisticValues !== undefined) return [setOf(StatisticValues)];
  if (Values === undefined) {
    throw invalidCombination(
      `At least one of the parameters ${member}.Value and ${member}.StatisticValues must be specified.`,
    );
  }
  if (Counts !== undefined && Counts.length !== Values.length) {
    throw invalidValue(
      `The parameters ${member}.Values and ${member}.Counts must be of the same size.`,
    );
  }
  return Values.map((one, at) => ({ value: one, count: Counts?.[at] ?? 1 }));
}

function setOf(set: NonNullable<z.output<typeof datum>["StatisticValues"]>): Sample {
  const { SampleCount: count, Sum: sum, Minimum: minimum, Maximum: maximum } = set;
  if (count <= 0 || minimum > maximum) {
    throw invalidValue("StatisticValues need a SampleCount above 0, and a Minimum up to Maximum.");
  }
  return { count, sum, minimum, maximum, values: undefined };
}
