/** Evaluates queries of metrics: statistics of metrics, and metric math over them. */
import { AwsError } from "../../aws-protocol/errors.ts";
import { compute } from "./math/compute.ts";
import { invalidExpression, unsupportedMath } from "./math/errors.ts";
import { parseExpression } from "./math/parse.ts";
import type { TimeSeries } from "./math/series.ts";
import { isList } from "./math/values.ts";
import type { Metric, Unit } from "./measurement.ts";
import type { Metrics } from "./store/metrics.ts";
import { statisticOf } from "./store/statistics.ts";

/** A query: either of a metric or an expression over the other queries. */
export interface MetricQuery {
  readonly id: string;
  /** By default the metric's name, or the id of an expression. */
  readonly label?: string | undefined;
  /** Whether its data points are returned; by default they are. */
  readonly returnData?: boolean | undefined;
  readonly metricStat?: MetricStat | undefined;
  readonly expression?: string | undefined;
}

/** A statistic of a metric. */
export interface MetricStat {
  readonly metric: Metric;
  /** Seconds as AWS counts them, a multiple of 60. */
  readonly period: number;
  readonly stat: string;
  readonly unit?: Unit | undefined;
}

/** What a query gives; several have the same id where an expression gives an array of series. */
export interface QueryResult extends TimeSeries {
  readonly id: string;
}

/** Milliseconds since 1970; `start` is included and rounded down to its minute, `end` is not. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/** What of the store is read. */
export type MetricReader = Pick<Metrics, "minuteMs" | "read">;

/** The most periods that FILL fills: AWS returns no more data points (CLOUDWATCH-API/GetMetricData). */
const mostPeriods = 100_800;
/** All of a request's: many queries would fill the memory. */
const mostInAll = 10 * mostPeriods;
/** Of all operands of a request: 500 large expressions of a day would take minutes. */
const mostOperandPoints = 10_000_000;

/**
 * Evaluates the queries that return data, in their order.
 * @throws AwsError for an expression that is not valid, or has what is not supported.
 */
export function evaluateQueries(
  metrics: MetricReader,
  queries: readonly MetricQuery[],
  { start, end }: TimeRange,
): QueryResult[] {
  const { minuteMs } = metrics;
  const byId = new Map(queries.map((query) => [query.id, query]));
  const results = new Map<string, readonly TimeSeries[] | TimeSeries>();
  const open = new Set<string>();
  let filled = 0;
  let counted = 0;

  function resultOf(query: MetricQuery): readonly TimeSeries[] | TimeSeries {
    const known = results.get(query.id);
    if (known !== undefined) return known;
    if (open.has(query.id)) throw invalidExpression(`${query.id} refers to itself`);
    open.add(query.id);
    const result =
      query.metricStat === undefined ? expressionOf(query) : statisticsOf(query, query.metricStat);
    open.delete(query.id);
    results.set(query.id, result);
    return result;
  }

  function statisticsOf({ label }: MetricQuery, { stat, period, ...of }: MetricStat): TimeSeries {
    const statistic = statisticOf(stat);
    const periods = metrics.read({ ...of, start, end, minutes: period / 60 });
    const points = periods.flatMap(({ timestamp, summary }) => {
      const value = statistic(summary);
      return value === undefined ? [] : [[timestamp, value] as const];
    });
    return { label: label ?? of.metric.metricName, period, points: new Map(points) };
  }

  function expressionOf({ id, expression = "", label = id }: MetricQuery) {
    const value = compute(parseExpression(expression), {
      result(name) {
        const query = byId.get(name);
        return query && resultOf(query);
      },
      metrics: (part) =>
        queries
          .filter(({ id: name, metricStat }) => metricStat !== undefined && name.includes(part))
          .flatMap(resultOf),
      times,
      count(points) {
        counted += points;
        if (counted <= mostOperandPoints) return;
        throw unsupportedMath(`operands of more than ${mostOperandPoints} data points in all`);
      },
    });
    if (isList(value)) {
      return value.map((one) => ({ ...one, label: `${label} ${one.label}`.trim() }));
    }
    if (typeof value === "number" || "word" in value) {
      throw invalidExpression("its result has to be a time series");
    }
    return { ...value, label };
  }

  function times(period: number): number[] {
    const step = (period / 60) * minuteMs;
    const first = start - (start % minuteMs);
    const count = Math.max(0, Math.ceil((end - first) / step));
    filled += count;
    if (filled > mostInAll) throw unsupportedMath(`FILL of more than ${mostInAll} periods in all`);
    if (count > mostPeriods) throw unsupportedMath(`FILL of more than ${mostPeriods} periods`);
    return Array.from({ length: count }, (_, at) => first + at * step);
  }

  return queries
    .filter(({ returnData = true }) => returnData)
    .flatMap((query) =>
      [named(query, () => resultOf(query))].flat().map((one) => ({ ...one, id: query.id })),
    );
}

/** Checks what queries ask, without values. @throws AwsError as `evaluateQueries`. */
export function checkQueries(queries: readonly MetricQuery[]): void {
  evaluateQueries({ minuteMs: 60_000, read: () => [] }, queries, { start: 0, end: 0 });
}

/** An error of an expression with its id, as AWS's `Error in expression 'ID'`. */
function named<T>({ id, expression }: MetricQuery, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof AwsError) || expression === undefined) throw cause;
    const message = `Error in expression '${id}': ${cause.message}`;
    throw Object.assign(new AwsError(cause.code, message, cause.status), { cause });
  }
}
