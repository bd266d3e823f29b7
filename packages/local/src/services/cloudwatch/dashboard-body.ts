/**
 * Checks the body of a dashboard (documented: CLOUDWATCH-API/CloudWatch-Dashboard-Body-Structure;
 * that AWS checks all of it is assumed). Members that are not listed are left to the console.
 */
import * as z from "zod";

const metricRow = z
  .array(z.union([z.string(), z.looseObject({})]))
  .min(1)
  .refine((row) => row.slice(0, -1).every((item) => typeof item === "string"), {
    error: "only the last item of a metric may be an object",
  })
  .refine(
    (row) => {
      const texts = row.filter((item) => typeof item === "string").length;
      // What stands for the texts of the row above.
      if (row[0] === "...") return true;
      const last = row.at(-1);
      const isExpression = typeof last === "object" && "expression" in last;
      return isExpression ? texts === 0 : texts >= 2 && texts % 2 === 0;
    },
    { error: "must be a namespace, a metric's name, and pairs of dimensions, or an expression" },
  );

const period = z.union([z.literal([1, 5, 10, 20, 30]), z.int().positive().multipleOf(60)]);

const metricProperties = z
  .looseObject({
    metrics: z.array(metricRow).min(1).max(500).optional(),
    annotations: z.looseObject({}).optional(),
    region: z.string(),
    title: z.string().optional(),
    stat: z.string().optional(),
    period: period.optional(),
    view: z.enum(["timeSeries", "singleValue", "gauge", "bar", "pie", "table"]).optional(),
    stacked: z.boolean().optional(),
  })
  .refine(({ metrics, annotations }) => metrics !== undefined || annotations !== undefined, {
    error: "must have metrics, or annotations of an alarm",
  });

const place = {
  x: z.int().min(0).max(23).optional(),
  y: z.int().min(0).optional(),
  width: z.int().min(1).max(24).optional(),
  height: z.int().min(1).max(1000).optional(),
};

const widget = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("metric"), ...place, properties: metricProperties }),
  z.looseObject({
    type: z.literal("log"),
    ...place,
    properties: z.looseObject({ query: z.string(), region: z.string() }),
  }),
  z.looseObject({
    type: z.literal("text"),
    ...place,
    properties: z.looseObject({ markdown: z.string() }),
  }),
  z.looseObject({
    type: z.literal("alarm"),
    ...place,
    properties: z.looseObject({ alarms: z.array(z.string()).min(1).max(100) }),
  }),
  z.looseObject({
    type: z.literal(["custom", "explorer"]),
    ...place,
    properties: z.looseObject({}),
  }),
]);

const metricsOf = ({ type, properties }: z.infer<typeof widget>) =>
  type === "metric" ? (properties.metrics?.length ?? 0) : 0;

/** Documented, with the numbers of widgets and of a widget's metrics: CLOUDWATCH/cloudwatch_limits. */
const mostMetrics = 2_500;

const body = z.looseObject({
  widgets: z
    .array(widget)
    .max(500)
    .refine((all) => all.reduce((sum, one) => sum + metricsOf(one), 0) <= mostMetrics, {
      error: `may have at most ${mostMetrics} metrics in all`,
    }),
});

/** What is wrong with a body, each with where it is; nothing for one that AWS takes. */
export function faultsOfBody(text: string): string[] {
  const result = body.safeParse(jsonIn(text));
  if (result.success) return [];
  return result.error.issues.map(({ path, message }) =>
    path.length === 0 ? `must be JSON with widgets: ${message}` : `/${path.join("/")}: ${message}`,
  );
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
