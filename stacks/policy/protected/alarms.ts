/** Rules about what the alarms of protected stages watch; monitoring.ts has that they notify. */
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { allOf, type Graph, type GraphResource, ruleFor, unless } from "../graph.ts";

const metric = z.object({
  namespace: z.string(),
  metricName: z.string(),
  dimensions: z.record(z.string(), z.string()),
});

/** An alarm that goes off within five minutes of the first value above its threshold. */
const alarm = z.object({
  comparisonOperator: z.literal("GreaterThanThreshold"),
  evaluationPeriods: z.literal(1),
  treatMissingData: z.literal("notBreaching"),
  actionsEnabled: z.literal(true).optional(),
  threshold: z.number(),
  // Else it waits for more values than these functions have (CLOUDWATCH/percentiles-with-low-samples).
  evaluateLowSampleCountPercentiles: z.literal("evaluate").optional(),
});
/** In another unit than its own a metric has no values. */
const unit = z.undefined().optional();
const single = z.object({
  ...metric.shape,
  statistic: z.string().optional(),
  extendedStatistic: z.string().optional(),
  period: z.number().max(300),
  unit,
});

/** Another account's metric says nothing of this one. */
const accountId = z.undefined().optional();

/** The share of invocations that fail, in percent: other expressions may be below any threshold. */
const rateOfErrors = z.object({
  metricQueries: z
    .tuple([
      z.object({ id: z.literal("errors"), metric: queried("Errors"), accountId }),
      z.object({ id: z.literal("invocations"), metric: queried("Invocations"), accountId }),
      z.object({
        expression: z.literal("IF(invocations > 0, 100 * errors / invocations, 0)"),
        returnData: z.literal(true),
      }),
    ])
    .refine(([errors, invocations]) =>
      isDeepStrictEqual({ ...invocations.metric, metricName: "Errors" }, errors.metric),
    ),
});

function queried(metricName: string) {
  const { shape } = metric;
  return z.object({
    ...shape,
    metricName: z.literal(metricName),
    stat: z.literal("Sum"),
    period: z.number().max(300),
    unit,
  });
}

/** What an alarm compares with its threshold. */
interface Compared extends z.infer<typeof metric> {
  readonly statistic: string;
  readonly threshold: number;
}

const comparedIn = (graph: Graph): readonly Compared[] =>
  allOf(graph, "aws:cloudwatch/metricAlarm:MetricAlarm").flatMap(({ inputs }): Compared[] => {
    const { data: settings } = alarm.safeParse(inputs);
    if (settings === undefined) return [];
    const { threshold } = settings;
    const rate = rateOfErrors.safeParse(inputs);
    if (rate.success) {
      return [{ ...rate.data.metricQueries[0].metric, statistic: "percent", threshold }];
    }
    const { data: one } = single.safeParse(inputs);
    if (one === undefined) return [];
    return [{ ...one, statistic: one.statistic ?? one.extendedStatistic ?? "", threshold }];
  });

/** The highest threshold of each metric, by the statistic that is compared. */
type Limits = Readonly<Record<string, number>>;

/** What of a resource has to have an alarm: metrics, and the dimensions that name it. */
interface Watched {
  readonly type: string;
  readonly namespace: string;
  /** Of each metric, the limit by the statistic that is compared. */
  readonly metrics: Readonly<Record<string, (resource: GraphResource) => Limits>>;
  readonly dimensionsOf: (
    resource: GraphResource,
    graph: Graph,
  ) => Readonly<Record<string, unknown>>;
}

const watched: readonly Watched[] = [
  {
    type: "aws:lambda/function:Function",
    namespace: "AWS/Lambda",
    metrics: {
      Errors: () => ({ percent: 1, Sum: 0 }),
      Throttles: () => ({ Sum: 0 }),
      Duration: ({ inputs }) => ({ p99: 900 * Number(inputs["timeout"]) }),
    },
    dimensionsOf: ({ outputs }) => ({ FunctionName: outputs["name"] }),
  },
  {
    type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    namespace: "AWS/Lambda",
    metrics: { DestinationDeliveryFailures: () => ({ Sum: 0 }) },
    dimensionsOf: ({ inputs }) => ({ FunctionName: inputs["functionName"] }),
  },
  {
    type: "aws:apigateway/stage:Stage",
    namespace: "AWS/ApiGateway",
    metrics: { "5XXError": () => ({ Average: 0.01, Sum: 0 }) },
    dimensionsOf: ({ inputs }, graph) => ({
      ApiName: allOf(graph, "aws:apigateway/restApi:RestApi").find(
        ({ id }) => id === inputs["restApi"],
      )?.inputs["name"],
      Stage: inputs["stageName"],
    }),
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    namespace: "AWS/SNS",
    metrics: { NumberOfNotificationsFailedToRedriveToDlq: () => ({ Sum: 0 }) },
    dimensionsOf: ({ inputs }) => ({ TopicName: String(inputs["topic"]).split(":").at(-1) }),
  },
];

/** Every rule about what is watched. Subscriptions without dead letters, to addresses, redrive nothing. */
export const protectedAlarmRules = watched.map(({ type, namespace, metrics, dimensionsOf }) =>
  ruleFor("failures-alarm", type, z.looseObject({}), (inputs, graph, resource) => {
    if (type.endsWith("TopicSubscription") && inputs["redrivePolicy"] === undefined) return [];
    const wanted = Object.entries(dimensionsOf(resource, graph));
    const found = comparedIn(graph);
    return Object.entries(metrics).flatMap(([metricName, limitsOf]) => {
      const limits = limitsOf(resource);
      return unless(
        found.some(
          (one) =>
            one.namespace === namespace &&
            one.metricName === metricName &&
            Object.keys(one.dimensions).length === wanted.length &&
            wanted.every(([name, value]) => one.dimensions[name] === value) &&
            one.threshold <= (limits[one.statistic] ?? -Infinity),
        ),
        `must have an alarm on its metric ${metricName}, within five minutes and above at most ${textOf(limits)}`,
      );
    });
  }),
);

/** Such as `0 (Sum)`. */
const textOf = (limits: Limits) =>
  Object.entries(limits)
    .map(([statistic, limit]) => `${limit} (${statistic})`)
    .join(" or ");
