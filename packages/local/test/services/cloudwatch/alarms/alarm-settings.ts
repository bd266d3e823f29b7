/** Settings of alarms for tests. */
import { checkSettings } from "../../../../src/services/cloudwatch/alarms/check-settings.ts";

/** What PutMetricAlarm takes for an alarm on a metric of one minute. */
export const settings = {
  AlarmName: "errors",
  Namespace: "AWS/Lambda",
  MetricName: "Errors",
  Dimensions: [{ Name: "FunctionName", Value: "greet" }],
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 0,
  ComparisonOperator: "GreaterThanThreshold",
} as const;

/** The settings with some of them changed, and their defaults. */
export const checked = (changed: object) => checkSettings({ ...settings, ...changed });

/** What an alarm on queries leaves out. */
export const withoutMetric = {
  Namespace: undefined,
  MetricName: undefined,
  Dimensions: undefined,
  Period: undefined,
  Statistic: undefined,
};
