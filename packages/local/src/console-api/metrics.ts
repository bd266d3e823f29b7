/** Routes of metrics: the graphs of the dashboards. */
import * as z from "zod";
import type { CloudWatch } from "../services/cloudwatch/cloudwatch.ts";
import { type Graph, graphsOf } from "../services/cloudwatch/dashboard-queries.ts";
import {
  type CountQuery,
  countEvents,
  parseCountQuery,
} from "../services/cloudwatch-logs/insights-query.ts";
import type { LogGroups } from "../services/cloudwatch-logs/log-groups.ts";
import { evaluateQueries } from "../services/cloudwatch/queries.ts";
import { metricsSchema } from "./metrics-view.ts";
import { bare, defineRoute, type Route } from "./route.ts";

/** What the routes are about. */
export interface MetricRoutesOptions {
  readonly cloudwatch: Pick<CloudWatch, "metrics" | "dashboards">;
  readonly logs: Pick<LogGroups, "read">;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The routes. */
export function metricRoutes({
  cloudwatch: { metrics, dashboards },
  logs,
  now,
}: MetricRoutesOptions): Route[] {
  function seriesOf({ queries }: Graph, start: number, end: number) {
    return evaluateQueries(metrics, queries, { start, end }).map(({ label, points }) => ({
      label,
      points: [...points],
    }));
  }

  function counted(query: CountQuery, start: number, end: number) {
    const events = logs
      .read(query.group)
      .filter(({ timestamp }) => timestamp >= start && timestamp <= end);
    const label = `events with ${query.field} = "${query.value}"`;
    return [{ label, points: countEvents(events, query, query.minutes * metrics.minuteMs) }];
  }

  return [
    defineRoute({
      ...bare,
      method: "get",
      path: "/metrics",
      operationId: "readMetrics",
      summary: "Reads the graphs of the dashboards, up to now.",
      query: z.strictObject({
        minutes: z.coerce
          .number()
          .int()
          .min(1)
          .max(1_440)
          .default(60)
          .describe("How many minutes of AWS the graphs go back."),
      }),
      result: metricsSchema,
      handle({ query: { minutes } }) {
        const end = now();
        const start = end - minutes * metrics.minuteMs;
        const read = dashboards.list().map(({ name, body }) => ({ name, ...graphsOf(body) }));
        return {
          minuteMs: metrics.minuteMs,
          start: new Date(start).toISOString(),
          end: new Date(end).toISOString(),
          graphs: read.flatMap(({ name: dashboard, graphs, queries }) => [
            ...graphs.map((graph) => ({
              dashboard,
              title: graph.title,
              statistic: graph.stat,
              series: seriesOf(graph, start, end),
            })),
            ...queries.flatMap(({ title, query }) => {
              const parsed = parseCountQuery(query);
              if (parsed === undefined) return [];
              return [
                { dashboard, title, statistic: "count", series: counted(parsed, start, end) },
              ];
            }),
          ]),
          others: read.flatMap(({ name: dashboard, queries, others }) => [
            ...queries
              .filter(({ query }) => parseCountQuery(query) === undefined)
              .map((one) => ({ dashboard, type: "log", ...one })),
            ...others.map((other) => ({ dashboard, query: null, ...other })),
          ]),
        };
      },
    }),
  ];
}
