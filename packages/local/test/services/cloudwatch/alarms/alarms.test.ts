/**
 * Alarms over time: their states, histories and notifications.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 */
import { describe, expect, it } from "vitest";
import { settings, withoutMetric } from "./alarm-settings.ts";
import { setUpAlarms } from "./cloud-with-alarms.ts";

const { cloud, put, measure, pass, state, told, summaries } = setUpAlarms();

it("an alarm has no data at first, and its state at the end of the minute", () => {
  put({ TreatMissingData: "notBreaching" });
  expect(state()).toMatchObject({
    value: "INSUFFICIENT_DATA",
    reason: "Unchecked: Initial alarm creation",
    reasonData: undefined,
  });
  pass();
  expect(state().value).toBe("OK");
});

it("goes to ALARM and back by its metric, evaluated each minute over periods that end with it", () => {
  put({ Period: 300, TreatMissingData: "notBreaching" });
  pass();
  measure(1);
  const start = cloud().now();
  pass();
  expect(state()).toMatchObject({ value: "ALARM", updatedAt: cloud().now() });
  expect(state().reason).toMatch(/^Threshold Crossed: 1 datapoint \[1\.0 \(.*\)\] was greater/);
  expect(JSON.parse(state().reasonData ?? "")).toMatchObject({
    period: 300,
    recentDatapoints: [1],
  });
  // Five minutes later the newest period has no data: the one before it does, and so on for three.
  pass(14);
  expect(state().value).toBe("ALARM");
  pass();
  expect(state().value).toBe("OK");
  expect(cloud().now() - start).toBeLessThanOrEqual(16 * 60_000);
});

it("is OK again as soon as a newer period has data within the threshold", () => {
  put({ Period: 300 });
  measure(1);
  pass();
  expect(state().value).toBe("ALARM");
  pass(4);
  measure(0);
  expect(state().value).toBe("ALARM");
  pass();
  expect(state().value).toBe("OK");
});

it("keeps its state, reason and time while nothing changes", () => {
  put({});
  measure(1);
  pass();
  const first = state();
  measure(7);
  pass();
  expect(state()).toEqual(first);
  expect(told).toHaveLength(1);
});

/** The sum of a metric of the function. */
const sum = (Id: string, MetricName: string) => {
  const { Namespace, Dimensions } = settings;
  const Metric = { Namespace, MetricName, Dimensions };
  return { Id, ReturnData: false, MetricStat: { Metric, Period: 60, Stat: "Sum" } };
};

it.each([
  [1, "OK"],
  [2, "ALARM"],
])(
  "evaluates an expression over metrics of one period: of %i errors of 100",
  (errors, expected) => {
    const Expression = "IF(invocations > 0, 100 * errors / invocations, 0)";
    const rate = { Id: "rate", Expression };
    const Metrics = [sum("errors", "Errors"), sum("invocations", "Invocations"), rate];
    put({ ...withoutMetric, Threshold: 1, TreatMissingData: "notBreaching", Metrics });
    measure(errors);
    measure(100, { metricName: "Invocations" });
    pass();
    expect(state().value).toBe(expected);
    expect(state().reason).toContain(`[${errors}.0 (`);
  },
);

it.each([
  ["another value of a dimension", { Dimensions: [{ Name: "FunctionName", Value: "other" }] }],
  ["one dimension too few", { Dimensions: [] }],
  ["another unit", { Unit: "Percent" }],
])("with %s it never goes off", (_, wrong) => {
  put({ ...wrong, TreatMissingData: "notBreaching" });
  for (let minute = 0; minute < 5; minute += 1) {
    measure(1);
    pass();
  }
  expect(summaries("StateUpdate")).toEqual(["Alarm updated from INSUFFICIENT_DATA to OK"]);
});

describe("settings", () => {
  it("that are put again are changed in place: the state stays until the next minute", () => {
    put({});
    measure(1);
    pass();
    put({ Threshold: 5 });
    expect(state().value).toBe("ALARM");
    measure(1);
    pass();
    expect(state().value).toBe("OK");
    expect(summaries("ConfigurationUpdate")).toEqual([
      'Alarm "errors" created',
      'Alarm "errors" updated',
    ]);
  });

  it("are gone with the alarm, and its history is not", () => {
    put({});
    cloud().cloudwatch.alarms.delete("errors");
    expect(cloud().cloudwatch.alarms.list()).toEqual([]);
    expect(summaries("ConfigurationUpdate").at(-1)).toBe('Alarm "errors" deleted');
  });
});

it("a state that is set holds until the next minute, and acts", () => {
  put({ TreatMissingData: "notBreaching" });
  pass();
  cloud().cloudwatch.alarms.setState("errors", {
    value: "ALARM",
    reason: "a drill",
    reasonData: "{}",
  });
  expect(state()).toMatchObject({ value: "ALARM", reason: "a drill" });
  expect(told.at(-1)).toMatchObject({ from: "OK", to: "ALARM", reason: "a drill" });
  const changes = told.length;
  cloud().cloudwatch.alarms.setState("errors", {
    value: "ALARM",
    reason: "again",
    reasonData: undefined,
  });
  expect(state().reason).toBe("again");
  expect(told).toHaveLength(changes);
  pass();
  expect(state().value).toBe("OK");
});
