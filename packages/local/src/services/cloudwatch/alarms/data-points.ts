/** What alarms read of metrics. */
import { evaluateQueries, type MetricReader, type MetricQuery } from "../queries.ts";
import { evaluationRange, type DataPoint } from "./evaluate.ts";
import { periodOf, queriesOf, type AlarmQuery, type AlarmSettings } from "./settings.ts";

/**
 * The points of an alarm's evaluation range, newest first. An alarm is evaluated at the end of each
 * minute, which is the end of its newest period too (documented: CLOUDWATCH/alarm-evaluation).
 */
export function dataPointsOf(
  settings: AlarmSettings,
  metrics: MetricReader,
  end: number,
): DataPoint[] {
  const length = (periodOf(settings) / 60) * metrics.minuteMs;
  const count = evaluationRange(settings);
  const range = { start: end - count * length, end };
  const [values, samples] = [metricQueries(settings), sampleQueries(settings)].map(
    (queries) => evaluateQueries(metrics, queries, range)[0]?.points,
  );
  return Array.from({ length: count }, (_, index) => {
    const start = end - (index + 1) * length;
    return { start, value: values?.get(start), sampleCount: samples?.get(start) };
  });
}

/** The queries of an alarm, of which one returns data. */
export function metricQueries(settings: AlarmSettings): MetricQuery[] {
  return queriesOf(settings).map(({ Id, Label, ReturnData, Expression, MetricStat }) => ({
    id: Id,
    label: Label,
    returnData: ReturnData,
    expression: Expression,
    metricStat: MetricStat && metricStatOf(MetricStat),
  }));
}

/** The query for the samples of what an alarm watches; none of an expression. */
function sampleQueries(settings: AlarmSettings): MetricQuery[] {
  return metricQueries(settings).flatMap(({ metricStat, ...query }) =>
    metricStat === undefined
      ? []
      : [{ ...query, metricStat: { ...metricStat, stat: "SampleCount" } }],
  );
}

function metricStatOf({ Metric, Period, Stat, Unit }: NonNullable<AlarmQuery["MetricStat"]>) {
  const { Namespace: namespace, MetricName: metricName, Dimensions } = Metric;
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
  return { metric: { namespace, metricName, dimensions }, period: Period, stat: Stat, unit: Unit };
}
