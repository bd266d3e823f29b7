/** Queries and metric math, by the examples and rules of AWS's page about it. */
import { describe, expect, test } from "vitest";
import { evaluateQueries, type MetricQuery } from "../../../src/services/cloudwatch/queries.ts";
import { metricQuery, minuteMs, start, storeWith, type Values } from "./queried-metrics.ts";

// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html

const lengthOf = (values: Values) =>
  Math.max(0, ...Object.values(values).map(({ length }) => length));

function resultsOf(values: Values, expression: string, more: readonly MetricQuery[] = []) {
  const queries = [...Object.keys(values).map((id) => metricQuery(id)), ...more];
  const range = { start, end: start + lengthOf(values) * minuteMs };
  return evaluateQueries(storeWith(values), [...queries, { id: "e", expression }], range);
}

/** The values of an expression's only series, one a minute. */
function valuesOf(expression: string, values: Values): (number | undefined)[] {
  const [series, ...more] = resultsOf(values, expression);
  expect(more).toEqual([]);
  return Array.from({ length: lengthOf(values) }, (_, at) =>
    series?.points.get(start + at * minuteMs),
  );
}

const none = undefined;

describe("arithmetic", () => {
  const values = { m1: [6, none, 4, none], m2: [2, 3, none, none] };

  test.each([
    ["m1 + m2", [8, 3, 4, none]],
    ["m1 - m2", [4, -3, 4, none]],
    ["m1 * m2", [12, 0, 0, none]],
    ["m1 * 5", [30, none, 20, none]],
    ["100 / m1", [100 / 6, none, 25, none]],
    ["-m1", [-6, none, -4, none]],
    ["-m1 * 2 + 1", [-11, none, -7, none]],
    ["m1 ^ 2", [36, none, 16, none]],
    ["-m1 ^ 2", [-36, none, -16, none]],
    ["m1 * 0 + 2 ^ 3 ^ 2", [512, none, 512, none]],
    ["m1 * 0 + 2 ^ -1", [0.5, none, 0.5, none]],
    ["m1 - 1 - 2", [3, none, 1, none]],
    ["m1 + 2 * 3", [12, none, 10, none]],
    ["(m1 + 2) * 3", [24, none, 18, none]],
    ["1e1 * m1 * .5", [30, none, 20, none]],
  ])("%s", (expression, expected) => {
    expect(valuesOf(expression, values)).toEqual(expected);
  });

  test("what is divided by zero is dropped, by a missing value as well", () => {
    expect(valuesOf("m1 / m2", { m1: [1, 1, 0], m2: [0, none, 0] })).toEqual([none, none, none]);
  });
});

describe("comparison and logic", () => {
  const values = { metric1: [30, 20, 0, 0], metric2: [20, none, 20, none] };

  // The examples of CLOUDWATCH/using-metric-math.
  test.each([
    ["metric1 < metric2", [0, 0, 1, 0]],
    ["metric1 >= 30", [1, 0, 0, 0]],
    ["metric1 > 15 AND metric2 > 15", [1, 0, 0, 0]],
    ["metric1 > 15 && metric2 > 15", [1, 0, 0, 0]],
    ["metric1 > 25 OR metric2 > 15", [1, 0, 1, 0]],
    ["metric1 > 25 || metric1 == 0 && metric2 < 20", [1, 0, 0, 0]],
    ["metric1 == 0 && metric2 != 20", [0, 0, 0, 0]],
    ["metric1 <= 20", [0, 1, 1, 1]],
  ])("%s", (expression, expected) => {
    expect(valuesOf(expression, values)).toEqual(expected);
  });
});

describe("IF", () => {
  // The examples of CLOUDWATCH/using-metric-math.
  const values = {
    metric1: [1, 1, 0, 0, none],
    metric2: [30, none, 0, 0, 30],
    metric3: [0, 0, 20, none, 20],
  };

  test.each([
    ["IF(metric1, metric2, metric3)", [30, 0, 20, none, none]],
    ["IF(metric1, 5, metric3)", [5, 5, 20, none, none]],
    ["IF(metric1, metric2, 5)", [30, 0, 5, 5, none]],
    ["IF(metric1, metric2)", [30, 0, none, none, none]],
    ["IF(metric2 < 10, 1, 0)", [0, none, 1, 1, 0]],
    ["IF(2 > 1, metric2, metric3)", [30, none, 0, 0, 30]],
    ["IF(0, metric2, metric3)", [0, 0, 20, none, 20]],
    ["IF(0, metric2)", [none, none, none, none, none]],
  ])("%s", (expression, expected) => {
    expect(valuesOf(expression, values)).toEqual(expected);
  });

  test("an error rate is 0 where nothing was invoked, and missing where nothing was measured", () => {
    const rate = "IF(invocations > 0, 100 * errors / invocations, 0)";
    const measured = { errors: [1, 0, none, none], invocations: [4, 0, 5, none] };
    expect(valuesOf(rate, measured)).toEqual([25, 0, 0, none]);
  });
});

describe("functions", () => {
  const values = { m1: [1, none, 3, none], m2: [5, 2, none, none] };

  test.each([
    ["SUM([m1, m2])", [6, 2, 3, none]],
    ["AVG([m1, m2])", [3, 1, 1.5, none]],
    ["MIN([m1, m2])", [1, 2, 3, none]],
    ["MAX([m1, m2])", [5, 2, 3, none]],
    ["SUM(METRICS())", [6, 2, 3, none]],
    ['SUM(METRICS("2"))', [5, 2, none, none]],
    ["SUM([METRICS('1'), m2])", [6, 2, 3, none]],
    ["SUM(-[m1, m2] * 2)", [-12, -4, -6, none]],
    ["m1 * SUM(m1)", [4, none, 12, none]],
    ["m1 - AVG(m1)", [-1, none, 1, none]],
    ["m1 + MIN(m2) + MAX(m2)", [8, none, 10, none]],
    ["m1 / PERIOD(m1)", [1 / 60, none, 3 / 60, none]],
    ["FILL(m1, 0)", [1, 0, 3, 0]],
    ["FILL(m1, REPEAT)", [1, 1, 3, 3]],
    ["FILL(m1, LINEAR)", [1, 2, 3, none]],
    ["FILL(m1, m2)", [1, 2, 3, none]],
    ["SUM(FILL(METRICS(), 1))", [6, 3, 4, 2]],
  ])("%s", (expression, expected) => {
    expect(valuesOf(expression, values)).toEqual(expected);
  });

  test("with the average of no data point, there is no data point", () => {
    expect(valuesOf("m1 * AVG(m2)", { m1: [1, 2], m2: [] })).toEqual([none, none]);
  });
});

describe("results", () => {
  test("an array gives several, with the labels of expression and metric", () => {
    const results = resultsOf({ m1: [1], m2: [2] }, "METRICS() * 100");
    expect(results.map(({ id, label, points }) => [id, label, ...points.values()])).toEqual([
      ["e", "e m1", 100],
      ["e", "e m2", 200],
    ]);
  });

  test("only queries that return data have one, in their order; ids can be used before they stand", () => {
    const queries = [
      { id: "double", expression: "2 * sum", label: "Twice" },
      { id: "sum", expression: "m1 + m1", returnData: false },
      { ...metricQuery("m1"), returnData: true },
    ];
    const results = evaluateQueries(storeWith({ m1: [1] }), queries, {
      start,
      end: start + minuteMs,
    });
    expect(results.map(({ label, points }) => [label, ...points.values()])).toEqual([
      ["Twice", 4],
      ["m1", 1],
    ]);
  });

  test("a period is as many minutes of the store as AWS's has, and a percentile is one of all its values", () => {
    const query = { ...metricQuery("m1", { period: 300, stat: "p90" }), returnData: true };
    const values = { m1: [1, 1, 1, 1, 9, 7] };
    const range = { start, end: start + 6 * minuteMs };
    const [result] = evaluateQueries(storeWith(values), [query], range);
    expect(result?.points).toEqual(new Map([[start, 9], [start + 5 * minuteMs, 7]])); // prettier-ignore
  });
});
