/** The store of metrics: minutes, periods, units, and what it forgets. */
import { describe, expect, test } from "vitest";
import { createMetrics } from "../../../../src/services/cloudwatch/store/metrics.ts";
import type { Metric, Unit } from "../../../../src/services/cloudwatch/measurement.ts";

// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html

const minuteMs = 60_000;
const start = 10 * minuteMs;
const errors: Metric = {
  namespace: "AWS/Lambda",
  metricName: "Errors",
  dimensions: { FunctionName: "hello", Resource: "hello" },
};

const createStore = (bounds = {}) => createMetrics({ now: () => start + 5, minuteMs, ...bounds });

function sumsOf(store: ReturnType<typeof createStore>, request = {}) {
  const all = { metric: errors, start: 0, end: start + 60 * minuteMs, minutes: 1 };
  return store
    .read({ ...all, ...request })
    .map(({ timestamp, summary }) => [timestamp / minuteMs, summary.sum]);
}

const measurement = (value: number, minute = 10, unit: Unit = "Count") => ({
  ...errors,
  value,
  unit,
  timestamp: minute * minuteMs,
});

describe("read", () => {
  test("sums up the values of a minute, now by default", () => {
    const store = createStore();
    store.measure({ ...errors, value: 1, unit: "Count" }, { ...errors, value: 2, unit: "Count" });
    expect(sumsOf(store)).toEqual([[10, 3]]);
  });

  test("finds a metric by its dimensions in any order, and no other", () => {
    const store = createStore();
    store.measure(measurement(1));
    const dimensions = { Resource: "hello", FunctionName: "hello" };
    expect(sumsOf(store, { metric: { ...errors, dimensions } })).toEqual([[10, 1]]);
    const fewer = { ...errors, dimensions: { FunctionName: "hello" } };
    expect(sumsOf(store, { metric: fewer })).toEqual([]);
  });

  test("periods begin at the start, rounded down to its minute", () => {
    const store = createStore();
    for (const minute of [3, 4, 5, 6, 9]) store.measure(measurement(1, minute));
    const request = { start: 3 * minuteMs + 7, end: 9 * minuteMs, minutes: 2 };
    expect(sumsOf(store, request)).toEqual([
      [3, 2],
      [5, 2],
    ]);
  });

  test("the end is not included", () => {
    const store = createStore();
    store.measure(measurement(1, 9), measurement(1, 10));
    expect(sumsOf(store, { end: 10 * minuteMs })).toEqual([[9, 1]]);
    expect(sumsOf(store, { end: 10 * minuteMs + 1 })).toHaveLength(2);
  });

  test("gives the values of one unit, or of all", () => {
    const store = createStore();
    store.measure(measurement(1), measurement(10, 10, "None"));
    expect(sumsOf(store, { unit: "Count" })).toEqual([[10, 1]]);
    expect(sumsOf(store, { unit: "Bytes" })).toEqual([]);
    expect(sumsOf(store)).toEqual([[10, 11]]);
  });

  test("a value that is no finite number is not kept", () => {
    const store = createStore();
    store.measure(measurement(Number.NaN), measurement(Infinity));
    expect(sumsOf(store)).toEqual([]);
  });
});

describe("list", () => {
  test("names every metric once, or those that have values since a time", () => {
    const store = createStore();
    const other = { ...errors, metricName: "Throttles" };
    store.measure(measurement(1, 9), measurement(1, 10));
    store.measure({ ...measurement(1, 9), ...other });
    expect(store.list()).toEqual([errors, other].map((metric) => expect.objectContaining(metric)));
    expect(store.list(10 * minuteMs)).toHaveLength(1);
  });
});

describe("the bounds", () => {
  test("the oldest minutes go, and what is older than all is not kept", () => {
    const store = createStore({ mostMinutes: 2 });
    store.measure(measurement(1, 1), measurement(1, 2), measurement(1, 3));
    expect(sumsOf(store)).toEqual([
      [2, 1],
      [3, 1],
    ]);
    store.measure(measurement(1, 1));
    expect(sumsOf(store)).toHaveLength(2);
  });

  test("distinct values count, each once", () => {
    const store = createStore({ mostValues: 12 });
    store.measure(measurement(1, 1), measurement(1, 1), measurement(2, 1), measurement(3, 1));
    store.measure(measurement(1, 2));
    store.measure(measurement(1, 3));
    expect(sumsOf(store).map(([minute]) => minute)).toEqual([2, 3]);
  });

  test("a minute that fills it all takes no further metric", () => {
    const store = createStore({ mostValues: 9 });
    store.measure(measurement(1, 5));
    store.measure({ ...measurement(1, 5), metricName: "Throttles" });
    expect(store.list()).toHaveLength(1);
    store.measure(measurement(1, 6));
    expect(sumsOf(store)).toEqual([[6, 1]]);
  });
});

/** A value that a caller publishes. */
const other = (timestamp: number, value = 1, name = "x") =>
  [
    { metric: { namespace: "App", metricName: name, dimensions: {} }, unit: "None", timestamp },
    { value, count: 1 },
  ] as const;

describe("a caller who fills the store", () => {
  test("with minutes that are still to come does not keep out what is measured now", () => {
    const store = createStore({ mostMinutes: 5 });
    for (let minute = 11; minute <= 15; minute += 1) store.add(...other(minute * minuteMs));
    store.measure({ ...errors, value: 1, unit: "Count" });
    expect(sumsOf(store)).toEqual([[10, 1]]);
  });

  test("with values that are still to come does not either", () => {
    const store = createStore({ mostValues: 30 });
    for (let value = 0; value < 50; value += 1) store.add(...other(12 * minuteMs, value));
    store.measure({ ...errors, value: 1, unit: "Count" });
    expect(sumsOf(store)).toEqual([[10, 1]]);
  });

  test("with distinct values loses percentiles, not the other statistics", () => {
    const store = createStore({ mostValues: 100 });
    const [{ metric }] = other(0);
    for (let value = 1; value <= 500; value += 1) store.add(...other(start, value));
    const [period] = store.read({ metric, start, end: start + minuteMs, minutes: 1 });
    expect(period?.summary).toMatchObject({ count: 500, sum: 125_250, maximum: 500 });
    expect(period?.summary.values).toBeUndefined();
  });
});
