/** What somebody must look at: errors, throttles, slowness, and messages that did not arrive. */
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
  /** The alarm goes off above this value. */
  readonly threshold: number;
}

/** Creates the alarms; they tell the topic, where there is one, of trouble and of its end. */
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
      description: `${lambda} was asked to run more often at a time than it may.`,
      metric: lambdaMetric("Throttles", lambda, measured),
      statistic: "Sum",
      threshold: 0,
    },
    {
      name: `${lambda}Slow`,
      description: `1 in 100 runs of ${lambda} takes more than 80 % of its timeout.`,
      metric: lambdaMetric("Duration", lambda, measured),
      statistic: "p99",
      threshold: SLOW_MS,
    },
  ]),
  {
    name: "ApiServerErrors",
    description: "More than 1 % of requests are answered with 5xx.",
    metric: apiMetric("5XXError", measured),
    statistic: "Average",
    threshold: 0.01,
  },
  {
    name: "DeadLetters",
    description: "Messages wait in the dead-letter queue: see them, mend the cause, redrive.",
    metric: deadLettersMetric(measured),
    statistic: "Maximum",
    threshold: 0,
  },
  {
    name: "FailuresLost",
    description: "Lambda could not send a failed message to the dead-letter queue.",
    metric: lambdaMetric("DestinationDeliveryFailures", "InternalLambda", measured),
    statistic: "Sum",
    threshold: 0,
  },
  {
    name: "RedriveFailures",
    description: "SNS could not send an undelivered message to the dead-letter queue.",
    metric: topicMetric("NumberOfNotificationsFailedToRedriveToDlq", measured),
    statistic: "Sum",
    threshold: 0,
  },
];

/** More than 1 % of a function's runs fail: a share, so that one failure of many is no alarm. */
function createErrorRateAlarm(
  lambda: (typeof lambdas)[number],
  measured: Measured,
  actions: $util.Input<string>[],
): void {
  const sum = (id: string, metricName: string) => ({
    id,
    metric: { ...lambdaMetric(metricName, lambda, measured), period: FIVE_MINUTES, stat: "Sum" },
  });
  new aws.cloudwatch.MetricAlarm(`${lambda}ErrorsAlarm`, {
    name: measured.names.resource(`${lambda}Errors`),
    alarmDescription: `More than 1 % of the runs of ${lambda} fail.`,
    metricQueries: [
      sum("errors", "Errors"),
      sum("invocations", "Invocations"),
      {
        id: "share",
        expression: "IF(invocations > 0, 100 * errors / invocations, 0)",
        label: "Runs that fail (%)",
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
