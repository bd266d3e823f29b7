/** Statistics of summaries, percentiles above all. */
import { describe, expect, test } from "vitest";
import { statisticOf } from "../../../../src/services/cloudwatch/store/statistics.ts";
import {
  addTo,
  createSummary,
  merge,
  mostExactValues,
  type Sample,
} from "../../../../src/services/cloudwatch/store/summary.ts";

// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html

function summaryOf(...samples: readonly (number | Sample)[]) {
  const summary = createSummary();
  for (const sample of samples) {
    addTo(summary, typeof sample === "number" ? { value: sample, count: 1 } : sample);
  }
  return summary;
}

const set = { count: 3, sum: 6, minimum: 1, maximum: 3, values: undefined };
const oneToHundred = Array.from({ length: 100 }, (_, at) => at + 1);

describe("statisticOf", () => {
  test.each([
    ["SampleCount", 4],
    ["Sum", 12],
    ["Average", 3],
    ["Minimum", 1],
    ["Maximum", 6],
  ])("%s", (name, value) => {
    expect(statisticOf(name)(summaryOf(6, 1, { value: 2.5, count: 2 }))).toBe(value);
  });

  test.each([
    ["p0", 1],
    ["p50", 50],
    ["p99", 99],
    ["p99.9", 100],
    ["p100", 100],
  ])("%s of 1 to 100", (name, value) => {
    expect(statisticOf(name)(summaryOf(...oneToHundred))).toBe(value);
  });

  test("a percentile counts a value as often as it is there", () => {
    expect(statisticOf("p90")(summaryOf({ value: 5, count: 9 }, 70))).toBe(5);
    expect(statisticOf("p91")(summaryOf({ value: 5, count: 9 }, 70))).toBe(70);
  });

  test("there are no percentiles of negative values", () => {
    expect(statisticOf("p50")(summaryOf(1, -1))).toBeUndefined();
  });

  test("there are no percentiles of a set of statistics, unless it is of one value", () => {
    expect(statisticOf("p50")(summaryOf(set, 2))).toBeUndefined();
    expect(statisticOf("Sum")(summaryOf(set, 2))).toBe(8);
    expect(statisticOf("p50")(summaryOf({ ...set, minimum: 2, maximum: 2 }))).toBe(2);
  });

  test.each(["tm99", "TM(2%:98%)", "IQM", "PR(:300)", "ts99", "wm90", "tc1"])(
    "refuses %s by its name",
    (name) => {
      expect(() => statisticOf(name)).toThrow(`does not support the statistic ${name}.`);
    },
  );

  test.each(["sum", "p101", "p", "p1.", "p99.99999999999", "toString", ""])(
    'there is no statistic "%s"',
    (name) => {
      expect(() => statisticOf(name)).toThrow(`${name} is not a valid statistic.`);
    },
  );
});

describe("summaries", () => {
  test("keep as many distinct values as they may, and the others to three digits", () => {
    const many = Array.from({ length: 3 * mostExactValues }, (_, at) => 10_000 + at / 10);
    const summary = summaryOf(...many);
    expect(summary.values?.size).toBeLessThan(mostExactValues + 10);
    expect(statisticOf("p100")(summary)).toBe(summary.maximum);
    expect(Math.abs((statisticOf("p50")(summary) ?? 0) / 10_150 - 1)).toBeLessThan(0.005);
  });

  test("merge to what one summary of all values is", () => {
    const merged = merge([summaryOf(1, 2), summaryOf(2, 9)]);
    expect(merged).toMatchObject({ count: 4, sum: 14, minimum: 1, maximum: 9 });
    expect(merged?.values).toEqual(new Map([[1, 1], [2, 2], [9, 1]])); // prettier-ignore
    expect(merge([summaryOf(1), summaryOf(set)])?.values).toBeUndefined();
    expect(merge([])).toBeUndefined();
  });
});
