/**
 * Why an alarm is in its state, in the words that others recorded from AWS.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
import { expect, it } from "vitest";
import { evaluate } from "../../../../src/services/cloudwatch/alarms/evaluate.ts";
import {
  stateReason,
  stateReasonData,
} from "../../../../src/services/cloudwatch/alarms/state-reason.ts";
import { checked } from "./alarm-settings.ts";

/** The reason of an evaluation of points a minute apart, the newest first and at that time. */
function reasonOf(changed: object, newest: string, ...values: (number | undefined)[]) {
  const settings = checked(changed);
  const range = values.map((value, index) => ({
    start: Date.parse(newest) - 60_000 * index,
    value,
  }));
  const found = evaluate(settings, range);
  return found && stateReason(settings, found);
}

it.each([
  [
    { Threshold: 3, ComparisonOperator: "GreaterThanOrEqualToThreshold" },
    "2026-01-21T20:17:00Z",
    [3],
    "Threshold Crossed: 1 datapoint [3.0 (21/01/26 20:17:00)] was greater than or equal to the threshold (3.0).",
  ],
  [
    { Threshold: 42, EvaluationPeriods: 2 },
    "2023-01-09T14:02:00Z",
    [0, 1],
    "Threshold Crossed: 2 datapoints [0.0 (09/01/23 14:02:00), 1.0 (09/01/23 14:01:00)] were not greater than the threshold (42.0).",
  ],
  [
    { Threshold: 50, DatapointsToAlarm: 1 },
    "2019-10-01T13:46:00Z",
    [0.066_685_190_330_647_2],
    "Threshold Crossed: 1 out of the last 1 datapoints [0.0666851903306472 (01/10/19 13:46:00)] was not greater than the threshold (50.0) (minimum 1 datapoint for ALARM -> OK transition).",
  ],
  [
    { DatapointsToAlarm: 1, EvaluationPeriods: 3 },
    "2022-11-08T11:25:00Z",
    [20_000, 20_000, 20_000],
    "Threshold Crossed: 3 out of the last 3 datapoints [20000.0 (08/11/22 11:25:00), 20000.0 (08/11/22 11:24:00), 20000.0 (08/11/22 11:23:00)] were greater than the threshold (0.0) (minimum 1 datapoint for OK -> ALARM transition).",
  ],
  [
    {
      Threshold: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      EvaluationPeriods: 20,
      DatapointsToAlarm: 1,
      TreatMissingData: "notBreaching",
    },
    "2024-03-16T12:15:00Z",
    [613],
    "Threshold Crossed: 1 out of the last 20 datapoints [613.0 (16/03/24 12:15:00)] was greater than or equal to the threshold (1.0) and 19 missing datapoints were treated as [NonBreaching] (minimum 1 datapoint for OK -> ALARM transition).",
  ],
  [
    {
      Threshold: 65,
      ComparisonOperator: "LessThanThreshold",
      EvaluationPeriods: 5,
      DatapointsToAlarm: 5,
    },
    "2020-04-29T23:32:00Z",
    [0, 0, 0, 0, 0],
    "Threshold Crossed: 5 out of the last 5 datapoints were less than the threshold (65.0). The most recent datapoints which crossed the threshold: [0.0 (29/04/20 23:32:00), 0.0 (29/04/20 23:31:00), 0.0 (29/04/20 23:30:00), 0.0 (29/04/20 23:29:00), 0.0 (29/04/20 23:28:00)] (minimum 5 datapoints for OK -> ALARM transition).",
  ],
  [
    { TreatMissingData: "notBreaching" },
    "2026-01-13T01:50:00Z",
    [undefined],
    "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].",
  ],
  [
    { TreatMissingData: "breaching", EvaluationPeriods: 3 },
    "2026-01-13T01:50:00Z",
    [undefined, undefined, undefined],
    "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching].",
  ],
  [{}, "2021-10-21T10:20:00Z", [undefined], "Insufficient Data: 1 datapoint was unknown."],
])("%o", (changed, newest, values, expected) => {
  expect(reasonOf(changed, newest, ...values)).toBe(expected);
});

it.each([
  [12_345_678, "1.2345678E7"],
  [10_000_000, "1.0E7"],
  [9_999_999, "9999999.0"],
  [0.0005, "5.0E-4"],
  [-0.5, "-0.5"],
])("a value of %d is written as Java does", (value, expected) => {
  const start = "2026-01-21T20:17:00Z";
  expect(reasonOf({ Threshold: -1 }, start, value)).toContain(`[${expected} (`);
});

it("the data of a reason has the points, the latest first in one list and last in the other", () => {
  const settings = checked({ EvaluationPeriods: 2, TreatMissingData: "breaching", Threshold: 1 });
  const newest = Date.parse("2024-04-09T08:54:00Z");
  const range = [
    { start: newest, value: undefined },
    { start: newest - 60_000, value: 2, sampleCount: 3 },
  ];
  const found = evaluate(settings, range);
  if (found === undefined) throw new Error("It was not evaluated.");
  const now = Date.parse("2024-04-09T08:56:06.384Z");
  expect(JSON.parse(stateReasonData(settings, found, range, now))).toEqual({
    version: "1.0",
    queryDate: "2024-04-09T08:56:06.384+0000",
    startDate: "2024-04-09T08:53:00.000+0000",
    statistic: "Sum",
    period: 60,
    recentDatapoints: [2],
    threshold: 1,
    evaluatedDatapoints: [
      { timestamp: "2024-04-09T08:54:00.000+0000" },
      { timestamp: "2024-04-09T08:53:00.000+0000", sampleCount: 3, value: 2 },
    ],
  });
});
