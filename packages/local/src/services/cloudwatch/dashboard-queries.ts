/** The queries of a dashboard's graph: its rows of metrics (documented: CLOUDWATCH-API/CloudWatch-Dashboard-Body-Structure, Metrics Array Format). */
import * as z from "zod";
import type { MetricQuery } from "./queries.ts";

const rowOptions = z.looseObject({
  id: z.string().optional(),
  label: z.string().optional(),
  stat: z.string().optional(),
  period: z.number().optional(),
  visible: z.boolean().optional(),
  expression: z.string().optional(),
});

const graphWidget = z.looseObject({
  properties: z.looseObject({
    title: z.string().default(""),
    stat: z.string().default("Average"),
    period: z.number().default(300),
    metrics: z.array(z.array(z.union([z.string(), rowOptions]))).default([]),
  }),
});

const bodySchema = z.looseObject({
  widgets: z.array(
    z.looseObject({
      type: z.string(),
      properties: z.looseObject({ title: z.string().default(""), query: z.string().default("") }),
    }),
  ),
});

/** A graph of a dashboard. */
export interface Graph {
  readonly title: string;
  readonly stat: string;
  readonly queries: readonly MetricQuery[];
}

/** The widgets of a body that was checked: graphs of metrics, queries of logs, and what else there is. */
export function graphsOf(body: string): {
  readonly graphs: readonly Graph[];
  readonly queries: readonly { readonly title: string; readonly query: string }[];
  readonly others: readonly { readonly title: string; readonly type: string }[];
} {
  const { widgets } = bodySchema.parse(JSON.parse(body));
  const byType = Map.groupBy(widgets, ({ type }) => type);
  return {
    graphs: (byType.get("metric") ?? []).map((widget) => graphOf(widget)),
    queries: (byType.get("log") ?? []).map(({ properties: { title, query } }) => ({
      title,
      query,
    })),
    others: widgets
      .filter(({ type }) => type !== "metric" && type !== "log")
      .map(({ type, properties }) => ({ type, title: properties.title })),
  };
}

function graphOf(widget: unknown): Graph {
  const { title, stat, period, metrics } = graphWidget.parse(widget).properties;
  let above: readonly string[] = [];
  const queries = metrics.map((row, index): MetricQuery => {
    const last = row.at(-1);
    const options = typeof last === "object" ? last : {};
    const { id = `row${index}`, label, expression, visible: returnData } = options;
    if (expression !== undefined) return { id, label, expression, returnData };
    const texts = completed(
      row.filter((item) => typeof item === "string"),
      above,
    );
    above = texts;
    const metricStat = {
      metric: metricOf(texts),
      stat: options.stat ?? stat,
      period: Math.max(60, options.period ?? period),
    };
    return { id, label: label ?? labelOf(metricStat.metric), returnData, metricStat };
  });
  return { title, stat, queries };
}

/** `.` stands for the text above, and `...` for all texts above that are not given. */
function completed(texts: readonly string[], above: readonly string[]): readonly string[] {
  const [first, ...rest] = texts;
  const all =
    first === "..." ? above.slice(0, Math.max(0, above.length - rest.length)).concat(rest) : texts;
  return all.map((text, index) => (text === "." ? (above[index] ?? text) : text));
}

function metricOf([namespace = "", metricName = "", ...pairs]: readonly string[]) {
  const dimensions: Record<string, string> = {};
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    dimensions[pairs[index] ?? ""] = pairs[index + 1] ?? "";
  }
  return { namespace, metricName, dimensions };
}

/** The metric's name, with what tells it from the others of its graph. */
function labelOf({ metricName, dimensions }: ReturnType<typeof metricOf>): string {
  const { FunctionName, Rule } = dimensions;
  return [metricName, FunctionName ?? (Rule === "ALL" ? undefined : Rule)]
    .filter((part) => part !== undefined)
    .join(" ");
}
