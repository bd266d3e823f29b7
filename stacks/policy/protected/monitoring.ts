/** Rules about how protected stages are watched: logs for a year, metrics, alarms that notify. */
import * as z from "zod";
import { allOf, type Graph, ruleFor, unless } from "../graph.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const logsAreKeptForAYear = ruleFor(
  "logs-are-kept-for-a-year",
  "aws:cloudwatch/logGroup:LogGroup",
  z.object({ retentionInDays: z.number().optional() }),
  ({ retentionInDays = 0 }) => unless(retentionInDays >= 365, "must keep lines for 365 days"),
);

const methodsAreMeasured = ruleFor(
  "methods-are-measured",
  "aws:apigateway/methodSettings:MethodSettings",
  z.object({ settings: z.object({ metricsEnabled: z.boolean().optional() }) }),
  ({ settings }) => unless(settings.metricsEnabled === true, "must have metrics of each method"),
);

const deadLettersAlarm = ruleFor(
  "dead-letters-alarm",
  "aws:sqs/queue:Queue",
  z.object({ name: z.string() }),
  ({ name }, graph) => {
    const alarm = z.object({
      namespace: z.literal("AWS/SQS"),
      metricName: z.literal("ApproximateNumberOfMessagesVisible"),
      dimensions: z.strictObject({ QueueName: z.literal(name) }),
      statistic: z.literal("Maximum"),
      comparisonOperator: z.literal("GreaterThanThreshold"),
      threshold: z.literal(0),
      evaluationPeriods: z.literal(1),
      period: z.number().max(300),
      unit: z.undefined().optional(),
      actionsEnabled: z.literal(true).optional(),
    });
    return unless(
      allOf(graph, ALARM).some(({ inputs }) => alarm.safeParse(inputs).success),
      "must have an alarm on its first message",
    );
  },
);

const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

/** Left out where the stage sets `alarmEmail: "none"`. */
export const alarmsNotify = (alarmEmail: string | undefined) =>
  ruleFor(
    "alarms-notify",
    ALARM,
    z.object({
      alarmActions: z.array(z.string()).default([]),
      actionsEnabled: z.boolean().optional(),
    }),
    ({ alarmActions, actionsEnabled = true }, graph) =>
      unless(
        actionsEnabled &&
          alarmActions.length > 0 &&
          alarmActions.every((topic) => mailsOnly(graph, topic, alarmEmail)),
        'must notify a topic that mails every message to alarmEmail only: set it to an address (with "none", alarms show in CloudWatch only)',
      ),
  );

/** Whether every message of a topic is sent to one address, and to no other. */
function mailsOnly(graph: Graph, topic: string, address: string | undefined): boolean {
  const wanted = z.object({
    protocol: z.literal("email"),
    endpoint: z.literal(address ?? "none"),
    filterPolicy: z.undefined().optional(),
  });
  const own = allOf(graph, SUBSCRIPTION).filter(({ inputs }) => inputs["topic"] === topic);
  return own.length > 0 && own.every(({ inputs }) => wanted.safeParse(inputs).success);
}

/** Every other rule about how protected stages are watched. */
export const protectedMonitoringRules = [logsAreKeptForAYear, methodsAreMeasured, deadLettersAlarm];
