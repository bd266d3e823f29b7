/**
 * What PutMetricAlarm takes.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
import { expect, it } from "vitest";
import { isUnsupported } from "../../../../src/errors/unsupported.ts";
import { checked, withoutMetric } from "./alarm-settings.ts";

const Metric = { Namespace: "AWS/Lambda", MetricName: "Errors" };
const stat = { Id: "m1", MetricStat: { Metric, Period: 60, Stat: "Sum" } };
const expression = { Id: "e1", Expression: "m1 * 2" };
const ofMetrics = (...Metrics: object[]) => ({ ...withoutMetric, Metrics });

it.each([
  ["a percentile", { Statistic: undefined, ExtendedStatistic: "p99" }],
  ["a day of periods below an hour", { Period: 300, EvaluationPeriods: 288 }],
  ["a week of periods of an hour", { Period: 3600, EvaluationPeriods: 168 }],
  ["an expression", ofMetrics({ ...stat, ReturnData: false }, expression)],
  ["the topic of another account", { AlarmActions: ["arn:aws:sns:us-east-1:111111111111:t"] }],
])("takes %s", (_, changed) => {
  expect(() => checked(changed)).not.toThrow();
});

it.each([
  ["no name", { AlarmName: "" }, "AlarmName"],
  ["no metric", { MetricName: undefined }, "MetricName is required"],
  ["no period", { Period: undefined }, "Period is required"],
  ["no statistic", { Statistic: undefined }, "Exactly one of Statistic and ExtendedStatistic"],
  [
    "two statistics",
    { ExtendedStatistic: "p99" },
    "Exactly one of Statistic and ExtendedStatistic",
  ],
  ["an odd period", { Period: 90 }, "Period must be 10, 20, 30 or a multiple of 60."],
  ["no evaluation period", { EvaluationPeriods: 0 }, "EvaluationPeriods"],
  [
    "more than a day",
    { Period: 300, EvaluationPeriods: 289 },
    "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).",
  ],
  [
    "more than a week",
    { Period: 3600, EvaluationPeriods: 169 },
    "Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= 604800) for alarms using period >= 3600",
  ],
  ["3 of 2", { DatapointsToAlarm: 3, EvaluationPeriods: 2 }, "DatapointsToAlarm"],
  ["no threshold", { Threshold: undefined }, "Threshold"],
  ["another treatment", { TreatMissingData: "fill" }, "TreatMissingData"],
  ["six actions", { OKActions: Array.from({ length: 6 }, () => "arn:aws:sns:r:a:t") }, "OKActions"],
  ["an action without an ARN", { OKActions: ["topic"] }, "Invalid arn syntax: topic"],
  [
    "31 dimensions",
    { Dimensions: Array.from({ length: 31 }, () => ({ Name: "a", Value: "b" })) },
    "Dimensions",
  ],
  ["queries and a metric", { Metrics: [stat] }, "Metrics and Namespace cannot be given together."],
  [
    "two queries that return data",
    ofMetrics(stat, expression),
    "Exactly one element of the metrics list should return data.",
  ],
  [
    "no query that returns data",
    ofMetrics({ ...stat, ReturnData: false }),
    "Exactly one element of the metrics list should return data.",
  ],
  [
    "an id twice",
    ofMetrics(stat, { ...stat, ReturnData: false }),
    "The id m1 is in Metrics twice.",
  ],
  ["an id in capitals", ofMetrics({ ...stat, Id: "M1" }), "an id begins with a lower-case letter"],
  [
    "a query of neither kind",
    ofMetrics({ Id: "m1" }),
    "m1 must have exactly one of Expression and MetricStat.",
  ],
  [
    "two periods",
    ofMetrics(
      { ...stat, ReturnData: false },
      { Id: "m2", MetricStat: { ...stat.MetricStat, Period: 300 } },
    ),
    "The metrics of an alarm must have one period, not 60 and 300 s.",
  ],
])("rejects %s", (_, changed, message) => {
  expect(() => checked(changed)).toThrow(
    expect.objectContaining({ code: "ValidationError", message: expect.stringContaining(message) }),
  );
});

it.each([
  ["high-resolution periods", { Period: 10 }, "a period of 10 s"],
  [
    "actions other than topics",
    { AlarmActions: ["arn:aws:lambda:us-east-1:000000000000:function:f"] },
    "the alarm action arn:aws:lambda",
  ],
])("names %s as not supported", (_, changed, named) => {
  let error: unknown;
  try {
    checked(changed);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ message: expect.stringContaining(named) });
  expect(isUnsupported(error)).toBe(true);
});
