/** GetMetricData: queries of metrics, and metric math. */
import * as z from "zod";
import { AwsError, unsupported } from "../../../aws-protocol/errors.ts";
import { operation, type JsonOperation } from "../../../aws-protocol/json-protocol.ts";
import { pageOf } from "../../../aws-protocol/paging.ts";
import { validationError } from "../errors.ts";
import { evaluateQueries, type MetricQuery } from "../queries.ts";
import type { Metrics } from "../store/metrics.ts";
import {
  boolean,
  dimensions,
  integer,
  metricName,
  namespace,
  period,
  timestamp,
  unit,
} from "./shapes.ts";

const query = z
  .strictObject({
    Id: z
      .string()
      .max(255)
      .regex(/^[a-z]\w*$/, "must be letters, digits and underscores, a lowercase letter first"),
    MetricStat: z
      .strictObject({
        Metric: z.strictObject({
          Namespace: namespace,
          MetricName: metricName,
          Dimensions: dimensions,
        }),
        Period: period,
        Stat: z.string(),
        Unit: unit.optional(),
      })
      .optional(),
    Expression: z.string().min(1).max(2048).optional(),
    Label: z.string().optional(),
    ReturnData: boolean.default(true),
    Period: period.optional(),
  })
  .refine(
    ({ MetricStat, Expression }) => (MetricStat === undefined) !== (Expression === undefined),
    {
      error: "must have either MetricStat or Expression",
    },
  );

const schema = z.strictObject({
  MetricDataQueries: z
    .array(query)
    .min(1)
    .max(500)
    .refine((all) => new Set(all.map(({ Id }) => Id)).size === all.length, {
      error: "must have each Id once",
    }),
  StartTime: timestamp,
  EndTime: timestamp,
  ScanBy: z.enum(["TimestampDescending", "TimestampAscending"]).default("TimestampDescending"),
  MaxDatapoints: integer.pipe(z.int().min(1).max(100_800)).default(100_800),
  NextToken: z.string().optional(),
});

/** The operation; a page has at most `MaxDatapoints` of all results, in their order (assumed). */
export function getMetricData(metrics: Metrics): JsonOperation {
  return operation(schema, (input) => {
    const { MetricDataQueries: asked, StartTime: start, EndTime: end, NextToken } = input;
    if (start >= end) {
      const message = "The parameter StartTime must be less than the parameter EndTime.";
      throw new AwsError(validationError, message);
    }
    const results = evaluateQueries(metrics, queriesOf(asked), { start, end });
    checkPeriods(asked, results);
    const points = results.flatMap((result, at) => {
      const ascending = [...result.points].map(([time, value]) => ({ at, time, value }));
      return input.ScanBy === "TimestampAscending" ? ascending : ascending.toReversed();
    });
    const page = pageOf(points, input.MaxDatapoints, NextToken, "InvalidNextToken");
    const rest = new Set(page.nextToken === undefined ? [] : restOf(points, page.items));
    return {
      MetricDataResults: results.map(({ id, label }, at) => {
        const own = page.items.filter((point) => point.at === at);
        return {
          Id: id,
          Label: label,
          Timestamps: own.map(({ time }) => new Date(time)),
          Values: own.map(({ value }) => value),
          StatusCode: rest.has(at) ? "PartialData" : "Complete",
        };
      }),
      NextToken: page.nextToken,
      Messages: [],
    };
  });
}

/** The results that have data points after a page. */
function restOf<Point extends { readonly at: number }>(
  all: readonly Point[],
  page: readonly Point[],
) {
  const last = page.at(-1);
  return all.slice(last === undefined ? 0 : all.indexOf(last) + 1).map(({ at }) => at);
}

function queriesOf(asked: readonly z.output<typeof query>[]): MetricQuery[] {
  const differs = (of: "Stat" | "Period") =>
    new Set(asked.flatMap(({ MetricStat }) => MetricStat?.[of] ?? [])).size > 1;
  const [stats, periods] = [differs("Stat"), differs("Period")];
  return asked.map(({ Id: id, Label, MetricStat, Expression: expression, ReturnData }) => {
    if (Label?.includes("${") === true) {
      throw unsupported(`dynamic labels, such as that of ${id}`, validationError);
    }
    if (MetricStat === undefined) return { id, expression, label: Label, returnData: ReturnData };
    const { Metric, Period, Stat, Unit } = MetricStat;
    const metric = {
      namespace: Metric.Namespace,
      metricName: Metric.MetricName,
      dimensions: Metric.Dimensions,
    };
    // Recorded: LocalStack cloudwatch.test_label_generation.
    const name = [metric.metricName, ...(stats ? [Stat] : []), ...(periods ? [Period] : [])].join(
      " ",
    );
    const metricStat = { metric, period: Period, stat: Stat, unit: Unit };
    return { id, metricStat, label: Label ?? name, returnData: ReturnData };
  });
}

/** A query's own period may only say again which one its metrics have. */
function checkPeriods(
  asked: readonly z.output<typeof query>[],
  results: readonly { readonly id: string; readonly period: number }[],
): void {
  const wrong = asked.find(
    ({ Id, Period }) =>
      Period !== undefined && results.some(({ id, period: own }) => id === Id && own !== Period),
  );
  if (wrong === undefined) return;
  throw unsupported(`another Period of ${wrong.Id} than its metrics'`, validationError);
}
