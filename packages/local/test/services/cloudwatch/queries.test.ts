/** Queries and metric math, by the examples and rules of AWS's page about it. */
import { describe, expect, test } from "vitest";
import type { Metric } from "../../../src/services/cloudwatch/measurement.ts";
import {
  checkQueries,
  evaluateQueries,
  type MetricQuery,
} from "../../../src/services/cloudwatch/queries.ts";
import { createMetrics } from "../../../src/services/cloudwatch/store/metrics.ts";

// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html

const minuteMs = 3_000;
const start = 100 * minuteMs;
const metric = (metricName: string): Metric => ({ namespace: "Test", metricName, dimensions: {} });

const metricQuery = (id: string, more: Partial<MetricQuery["metricStat"]> = {}): MetricQuery => ({
  id,
  returnData: false,
  metricStat: { metric: metric(id), period: 60, stat: "Sum", ...more },
});

type Values = Readonly<Record<string, readonly (number | undefined)[]>>;

/** A store in which each metric has these values, one a minute; `undefined` is none. */
function storeWith(values: Values) {
  const metrics = createMetrics({ now: () => start, minuteMs });
  for (const [name, points] of Object.entries(values)) {
    for (const [at, value] of points.entries()) {
      const timestamp = start + at * minuteMs;
      if (value !== undefined) metrics.measure({ ...metric(name), value, unit: "None", timestamp });
    }
  }
  return metrics;
}

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

const check = (expression: string, more: readonly MetricQuery[] = []) =>
  checkQueries([metricQuery("m1"), metricQuery("m2"), ...more, { id: "e1", expression }]);

describe("checkQueries refuses", () => {
  test.each([
    ["m1 +", "at character 4, a value is expected instead of its end"],
    ["m1 m2", "at character 2, its end is expected instead of m2"],
    ["(m1", 'at character 3, ")" is expected instead of its end'],
    ["m1 ? m2", "it cannot be read from character 2"],
    ["m1 + m3", "no query has the id m3"],
    ["e1 + m1", "e1 refers to itself"],
    ["5 * 3", "its result has to be a time series"],
    ["SUM(m1)", "its result has to be a time series"],
    ["m1 + REPEAT", "+ does not take these operands"],
    ["[m1] + [m2]", "+ does not take these operands"],
    ["[m1] > 5", "> does not take these operands"],
    ["[5]", "an array has time series only"],
    ["FILL(m1)", "FILL does not take these arguments"],
    ['FILL(m1, "LEFT")', "FILL does not take LEFT"],
    ["PERIOD([m1])", "PERIOD does not take these arguments"],
    ["SUM(m1, m2)", "SUM does not take these arguments"],
    ["IF(m1)", "IF does not take these arguments"],
    ["IF([m1], m1, m2)", "IF does not take these arguments"],
    ["IF(1, 2, m1)", "IF does not take these arguments"],
    ["METRICS(m1)", "METRICS does not take these arguments"],
    ["SEARCH('{AWS/Lambda} Errors', 'Sum')", "does not support the function SEARCH in metric math"],
    ["toString(m1)", "does not support the function toString"],
    ["SELECT SUM(Errors) FROM x", "does not support a query of Metrics Insights"],
  ])("%s", (expression, message) => {
    expect(() => check(expression)).toThrow(message);
    expect(() => check(expression)).toThrow("Error in expression 'e1': ");
  });

  test("series of different periods", () => {
    const other = metricQuery("m3", { period: 300 });
    expect(() => check("m1 + m3", [other])).toThrow("series of different periods");
  });

  test("arrays of arrays that grow without end", () => {
    const grown = Array.from({ length: 12 }, (_, at) => ({
      id: `a${at}`,
      expression: at === 0 ? "[m1, m2]" : `[a${at - 1}, a${at - 1}]`,
      returnData: false,
    }));
    expect(() => check("SUM(a11)", grown)).toThrow("an array of more than 500 series");
  });

  test("a FILL of more periods than AWS returns", () => {
    const queries = [metricQuery("m1"), { id: "e1", expression: "FILL(m1, 0)" }];
    const range = { start: 0, end: minuteMs * 100_801 };
    expect(() => evaluateQueries(storeWith({}), queries, range)).toThrow("100800 periods");
  });

  test("nesting as deep as an expression can be takes no stack away", () => {
    expect(() => check(`${"(".repeat(1_000)}m1${")".repeat(1_000)}`)).not.toThrow();
    expect(() => check(`${"-".repeat(2_000)}m1`)).not.toThrow();
    expect(() => check(`${"SUM([".repeat(400)}m1${"])".repeat(400)}`)).not.toThrow();
  });
});
