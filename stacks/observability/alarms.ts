/** Alarms: errors, throttles, latency and undelivered messages. */
import { LAMBDA_TIMEOUT_SECONDS } from "../functions/lambda-defaults.ts";
import {
  apiMetric,
  deadLettersMetric,
  lambdaMetric,
  lambdas,
  topicMetric,
  type Measured,
  type Metric,
} from "./metrics.ts";

const FIVE_MINUTES = 300;
const SLOW_MS = LAMBDA_TIMEOUT_SECONDS * 1_000 * 0.8;

interface Alarm {
  readonly name: string;
  readonly description: string;
  readonly metric: Metric;
  readonly statistic: "Sum" | "Average" | "Maximum" | "p99";
  /** The alarm is raised above this value. */
  readonly threshold: number;
}

/** What the alarms are called within a stage. */
export const alarmNames = (measured: Measured): string[] => [
  ...alarms(measured).map(({ name }) => name),
  ...lambdas.map(errorRateAlarm),
];

const errorRateAlarm = (lambda: string) => `${lambda}Errors`;

/** Creates the alarms; they notify the topic, if there is one, in the states ALARM and OK. */
export function createAlarms(measured: Measured, topic: aws.sns.Topic | undefined): void {
  const actions = topic === undefined ? [] : [topic.arn];
  for (const { name, description, metric, statistic, threshold } of alarms(measured)) {
    new aws.cloudwatch.MetricAlarm(`${name}Alarm`, {
      name: measured.names.resource(name),
      alarmDescription: description,
      ...metric,
      ...(statistic === "p99" ? { extendedStatistic: statistic } : { statistic }),
      period: FIVE_MINUTES,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold,
      treatMissingData: "notBreaching",
      alarmActions: actions,
      okActions: actions,
    });
  }
  for (const lambda of lambdas) createErrorRateAlarm(lambda, measured, actions);
}

const alarms = (measured: Measured): Alarm[] => [
  ...lambdas.flatMap((lambda): Alarm[] => [
    {
      name: `${lambda}Throttles`,
      description: `${lambda} is throttled: its reserved concurrency is exhausted. Check the traffic, then raise the setting concurrency.`,
      metric: lambdaMetric("Throttles", lambda, measured),
      statistic: "Sum",
      threshold: 0,
    },
    {
      name: `${lambda}Slow`,
      description: `The p99 duration of ${lambda} is above 80 % of its timeout. Find the slow call in X-Ray.`,
      metric: lambdaMetric("Duration", lambda, measured),
      statistic: "p99",
      threshold: SLOW_MS,
    },
  ]),
  {
    name: "ApiServerErrors",
    description:
      "More than 1 % of responses are 5xx. Check error and integrationStatus in the access log, then the log of ExternalLambda.",
    metric: apiMetric("5XXError", measured),
    statistic: "Average",
    threshold: 0.01,
  },
  {
    name: "DeadLetters",
    description:
      "Messages are in the dead-letter queue. Inspect them, fix the cause, then redrive.",
    metric: deadLettersMetric(measured),
    statistic: "Maximum",
    threshold: 0,
  },
  {
    name: "FailuresLost",
    description:
      "Lambda could not send a failed event to the dead-letter queue: it is lost. Check the policies of the queue and its key, and the role of InternalLambda.",
    metric: lambdaMetric("DestinationDeliveryFailures", "InternalLambda", measured),
    statistic: "Sum",
    threshold: 0,
  },
  {
    name: "RedriveFailures",
    description:
      "SNS could not send an undelivered message to the dead-letter queue: it is lost. Check the policies of the queue and its key.",
    metric: topicMetric("NumberOfNotificationsFailedToRedriveToDlq", measured),
    statistic: "Sum",
    threshold: 0,
  },
];

/** The error rate of a function; a rate, so that one error of many raises no alarm. */
function createErrorRateAlarm(
  lambda: (typeof lambdas)[number],
  measured: Measured,
  actions: $util.Input<string>[],
): void {
  const sum = (id: string, metricName: string) => ({
    id,
    metric: { ...lambdaMetric(metricName, lambda, measured), period: FIVE_MINUTES, stat: "Sum" },
  });
  const name = errorRateAlarm(lambda);
  new aws.cloudwatch.MetricAlarm(`${name}Alarm`, {
    name: measured.names.resource(name),
    alarmDescription: `More than 1 % of the invocations of ${lambda} fail. Look for errors in its log.`,
    metricQueries: [
      sum("errors", "Errors"),
      sum("invocations", "Invocations"),
      {
        id: "rate",
        expression: "IF(invocations > 0, 100 * errors / invocations, 0)",
        label: "Error rate (%)",
        returnData: true,
      },
    ],
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 1,
    treatMissingData: "notBreaching",
    alarmActions: actions,
    okActions: actions,
  });
}
