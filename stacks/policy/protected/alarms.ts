/** Rules about what the alarms of protected stages watch; monitoring.ts has that they notify. */
import * as z from "zod";
import { allOf, type Graph, type GraphResource, ruleFor, unless } from "../graph.ts";

const metric = z.object({
  namespace: z.string(),
  metricName: z.string(),
  dimensions: z.record(z.string(), z.string()),
});

/** The metrics of an alarm that goes off above its threshold: one, or those that it computes with. */
const alarm = z.object({
  comparisonOperator: z.literal("GreaterThanThreshold"),
  evaluationPeriods: z.literal(1),
  treatMissingData: z.literal("notBreaching"),
});
const single = metric.transform((one) => [one]);
const computed = z
  .object({ metricQueries: z.array(z.object({ metric: metric.optional() })) })
  .transform(({ metricQueries }) => metricQueries.flatMap((query) => query.metric ?? []));

type Metric = z.infer<typeof metric>;

const watchedIn = (graph: Graph): readonly Metric[] =>
  allOf(graph, "aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(({ inputs }) => alarm.safeParse(inputs).success)
    .flatMap(({ inputs }) => z.union([computed, single]).safeParse(inputs).data ?? []);

/** What of a resource has to have an alarm: metrics, and the dimensions that name it. */
interface Watched {
  readonly type: string;
  readonly namespace: string;
  readonly metrics: readonly string[];
  readonly dimensionsOf: (resource: GraphResource) => Readonly<Record<string, unknown>>;
}

const watched: readonly Watched[] = [
  {
    type: "aws:lambda/function:Function",
    namespace: "AWS/Lambda",
    metrics: ["Errors", "Throttles", "Duration"],
    dimensionsOf: ({ outputs }) => ({ FunctionName: outputs["name"] }),
  },
  {
    type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    namespace: "AWS/Lambda",
    metrics: ["DestinationDeliveryFailures"],
    dimensionsOf: ({ inputs }) => ({ FunctionName: inputs["functionName"] }),
  },
  {
    type: "aws:apigateway/stage:Stage",
    namespace: "AWS/ApiGateway",
    metrics: ["5XXError"],
    dimensionsOf: ({ inputs }) => ({ Stage: inputs["stageName"] }),
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    namespace: "AWS/SNS",
    metrics: ["NumberOfNotificationsFailedToRedriveToDlq"],
    dimensionsOf: ({ inputs }) => ({ TopicName: String(inputs["topic"]).split(":").at(-1) }),
  },
];

/** Every rule about what is watched. Subscriptions without dead letters, to addresses, redrive nothing. */
export const protectedAlarmRules = watched.map(({ type, namespace, metrics, dimensionsOf }) =>
  ruleFor("failures-alarm", type, z.looseObject({}), (inputs, graph, resource) => {
    if (type.endsWith("TopicSubscription") && inputs["redrivePolicy"] === undefined) return [];
    const wanted = Object.entries(dimensionsOf(resource));
    const found = watchedIn(graph);
    return metrics.flatMap((metricName) =>
      unless(
        found.some(
          (one) =>
            one.namespace === namespace &&
            one.metricName === metricName &&
            wanted.every(([name, value]) => one.dimensions[name] === value),
        ),
        `must have an alarm on its metric ${metricName}`,
      ),
    );
  }),
);
