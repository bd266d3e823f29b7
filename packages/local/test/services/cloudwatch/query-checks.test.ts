/** The queries and the metric math that are refused, and how far an expression may go. */
import { describe, expect, test } from "vitest";
import {
  checkQueries,
  evaluateQueries,
  type MetricQuery,
} from "../../../src/services/cloudwatch/queries.ts";
import { metricQuery, minuteMs, start, storeWith } from "./queried-metrics.ts";

// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html

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

  test("FILLs of many series that are too much together", () => {
    const ids = Array.from({ length: 11 }, (_, at) => `m${at}`);
    const fills = ids.map((id) => ({ id: `e${id}`, expression: `FILL(${id}, 0)` }));
    const range = { start: 0, end: minuteMs * 100_000 };
    const queries = [...ids.map((id) => metricQuery(id)), ...fills];
    expect(() => evaluateQueries(storeWith({}), queries, range)).toThrow("1008000 periods in all");
  });

  test("large expressions that compute too much together", () => {
    const points = Array.from({ length: 100 }, (_, at) => at);
    const sum = Array.from({ length: 680 }, () => "m1").join("+");
    const large = Array.from({ length: 500 }, (_, at) => ({ id: `e${at}`, expression: sum }));
    const range = { start, end: start + 100 * minuteMs };
    const evaluate = (count: number) =>
      evaluateQueries(
        storeWith({ m1: points }),
        [metricQuery("m1"), ...large.slice(0, count)],
        range,
      );
    expect(evaluate(10)[9]?.points.get(start + minuteMs)).toBe(680);
    expect(() => evaluate(500)).toThrow("operands of more than 10000000 data points in all");
  });

  test("nesting as deep as an expression can be takes no stack away", () => {
    expect(() => check(`${"(".repeat(1_000)}m1${")".repeat(1_000)}`)).not.toThrow();
    expect(() => check(`${"-".repeat(2_000)}m1`)).not.toThrow();
    expect(() => check(`${"SUM([".repeat(400)}m1${"])".repeat(400)}`)).not.toThrow();
  });
});
