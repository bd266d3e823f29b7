/**
 * How the data points of an alarm become its state.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
 * Source: https://github.com/awsdocs/amazon-cloudwatch-user-guide
 */
import { describe, expect, it } from "vitest";
import { evaluate, evaluationRange } from "../../../../src/services/cloudwatch/alarms/evaluate.ts";
import { checked } from "./alarm-settings.ts";

/** Points as AWS writes them in its tables, the newest last: `0` is within the threshold, `X` beyond it. */
function pointsIn(row: string) {
  const values = new Map([
    ["0", 0],
    ["X", 1],
  ]);
  return row
    .split(" ")
    .toReversed()
    .map((mark, index) => ({ start: -index, value: values.get(mark) }));
}

const treatments = ["missing", "ignore", "breaching", "notBreaching"] as const;
const kept = "the current state";

/** The state that an alarm with each treatment has, in the order of AWS's columns. */
function statesOf(row: string, DatapointsToAlarm: number) {
  return treatments.map((TreatMissingData) => {
    const settings = checked({ EvaluationPeriods: 3, DatapointsToAlarm, TreatMissingData });
    return evaluate(settings, pointsIn(row))?.state ?? kept;
  });
}

/** The points that have to be filled in, with a treatment that does so. */
function filledIn(row: string, DatapointsToAlarm: number) {
  const settings = checked({
    EvaluationPeriods: 3,
    DatapointsToAlarm,
    TreatMissingData: "breaching",
  });
  return evaluate(settings, pointsIn(row))?.filled;
}

const [ok, alarm, none] = ["OK", "ALARM", "INSUFFICIENT_DATA"] as const;

it("five points are read for three, as in AWS's tables", () => {
  expect(evaluationRange(checked({ EvaluationPeriods: 3 }))).toBe(5);
});

describe("AWS's table for 3 out of 3", () => {
  it.each([
    ["0 - X - X", 0, [ok, ok, ok, ok]],
    ["0 - - - -", 2, [ok, ok, ok, ok]],
    ["- - - - -", 3, [none, kept, alarm, ok]],
    ["0 X X - X", 0, [alarm, alarm, alarm, alarm]],
    ["- - X - -", 2, [alarm, kept, alarm, ok]],
  ])("%s", (row, filled, states) => {
    expect(filledIn(row, 3)).toBe(filled);
    expect(statesOf(row, 3)).toEqual(states);
  });
});

describe("AWS's table for 2 out of 3", () => {
  it.each([
    ["0 - X - X", 0, [alarm, alarm, alarm, alarm]],
    ["0 0 X 0 X", 0, [alarm, alarm, alarm, alarm]],
    ["0 - X - -", 1, [ok, ok, alarm, ok]],
    ["- - - - 0", 2, [ok, ok, alarm, ok]],
    ["- - - X -", 2, [alarm, kept, alarm, ok]],
  ])("%s", (row, filled, states) => {
    expect(filledIn(row, 2)).toBe(filled);
    expect(statesOf(row, 2)).toEqual(states);
  });
});

describe("AWS's text on premature transitions, for 3 out of 3", () => {
  it.each(["- - - - X", "- - - X -"])("%s waits for the next point", (row) => {
    expect(statesOf(row, 3)).toEqual([none, kept, alarm, ok]);
  });

  it.each(["- - - X 0", "- - X - 0"])("%s is no alarm", (row) => {
    expect(statesOf(row, 3)).toEqual([ok, ok, ok, ok]);
  });
});

describe("with one period", () => {
  it("the latest data decides, up to two periods later", () => {
    const settings = checked({ TreatMissingData: "notBreaching" });
    expect(evaluate(settings, pointsIn("X - -"))?.state).toBe(alarm);
    expect(evaluate(settings, pointsIn("X - 0"))?.state).toBe(ok);
    expect(evaluate(settings, pointsIn("- - -"))?.state).toBe(ok);
  });
});

describe("a threshold of 5", () => {
  it.each([
    ["GreaterThanOrEqualToThreshold", [false, true, true]],
    ["GreaterThanThreshold", [false, false, true]],
    ["LessThanThreshold", [true, false, false]],
    ["LessThanOrEqualToThreshold", [true, true, false]],
  ])("is crossed by %s", (ComparisonOperator, crossed) => {
    const settings = checked({ ComparisonOperator, Threshold: 5 });
    const states = [4, 5, 6].map((value) => evaluate(settings, [{ start: 0, value }])?.state);
    expect(states).toEqual(crossed.map((is) => (is ? alarm : ok)));
  });
});

/** The state of an alarm on a percentile, of so many samples. */
const stateOfPercentile = (ExtendedStatistic: string, sampleCount: number, more: object = {}) =>
  evaluate(
    checked({
      Statistic: undefined,
      ExtendedStatistic,
      EvaluateLowSampleCountPercentile: "ignore",
      ...more,
    }),
    [{ start: 0, value: 1, sampleCount }],
  )?.state ?? kept;

describe("a percentile of few samples", () => {
  it.each([
    ["p99", 999, 1000],
    ["p90", 99, 100],
    ["p50", 19, 20],
    ["p25", 39, 40],
  ])("keeps the state, of %s below %i", (percentile, few, enough) => {
    expect(stateOfPercentile(percentile, few)).toBe(kept);
    expect(stateOfPercentile(percentile, enough)).toBe(alarm);
  });

  it("is evaluated all the same by default, or if so asked", () => {
    expect(stateOfPercentile("p99", 1, { EvaluateLowSampleCountPercentile: undefined })).toBe(
      alarm,
    );
    expect(stateOfPercentile("p99", 1, { EvaluateLowSampleCountPercentile: "evaluate" })).toBe(
      alarm,
    );
  });

  it("counts the samples of all periods that are evaluated", () => {
    const settings = checked({
      Statistic: undefined,
      ExtendedStatistic: "p99",
      EvaluateLowSampleCountPercentile: "ignore",
      EvaluationPeriods: 2,
    });
    const point = { value: 1, sampleCount: 500 };
    expect(
      evaluate(settings, [
        { start: 1, ...point },
        { start: 0, ...point },
      ])?.state,
    ).toBe(alarm);
  });
});
