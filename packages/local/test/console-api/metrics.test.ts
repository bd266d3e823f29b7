/** Metrics and alarms in the console's API. */
import { expect, it, onTestFinished } from "vitest";
import { createTestCloud } from "../support/test-cloud.ts";
import { openApi } from "./api-client.ts";

const metric = { namespace: "AWS/Lambda", metricName: "Errors", dimensions: {} };
const one = { ...metric, value: 3, unit: "Count" } as const;
const alarm = {
  AlarmName: "Errors",
  Namespace: "AWS/Lambda",
  MetricName: "Errors",
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 2,
  DatapointsToAlarm: 1,
  Threshold: 1,
  ComparisonOperator: "GreaterThanOrEqualToThreshold",
};

it("the graphs of a dashboard have their data points, and the speed of the minutes", async () => {
  const cloud = createTestCloud();
  onTestFinished(() => cloud.stop());
  const properties = { title: "Errors", stat: "Sum", period: 60, region: "us-east-1" };
  const widgets = [
    { type: "metric", properties: { ...properties, metrics: [["AWS/Lambda", "Errors"]] } },
    { type: "text", properties: { markdown: "hello" } },
  ];
  cloud.cloudwatch.dashboards.put("Board", JSON.stringify({ widgets }));
  cloud.cloudwatch.metrics.measure(one, one);
  const minute = cloud.now() - (cloud.now() % 60_000);
  cloud.advance(60_000);
  const api = openApi(cloud);
  expect(await api.call("GET", "/metrics?minutes=5")).toMatchObject({
    json: {
      minuteMs: 60_000,
      graphs: [
        {
          dashboard: "Board",
          title: "Errors",
          statistic: "Sum",
          series: [{ label: "Errors", points: [[minute, 6]] }],
        },
      ],
      others: [{ dashboard: "Board", type: "text" }],
    },
  });
  expect((await api.call("GET", "/metrics?minutes=0")).status).toBe(400);
});

it("a widget of logs is a graph where its query counts events, and else is not drawn", async () => {
  const cloud = createTestCloud();
  onTestFinished(() => cloud.stop());
  const count = `SOURCE 'access' | filter status = "429" | stats count(*) by bin(1m)`;
  const sort = "SOURCE 'access' | sort @timestamp";
  const widgets = [count, sort].map((query) => ({
    type: "log",
    properties: { title: "Too many", region: "us-east-1", query },
  }));
  cloud.cloudwatch.dashboards.put("Board", JSON.stringify({ widgets }));
  const minute = cloud.now() - (cloud.now() % 60_000);
  const messages = ['{"status":"429"}', '{"status":429}', '{"status":"200"}', "429", '"429"'];
  for (const message of messages) {
    cloud.logs.write({ group: "access", stream: "s", timestamp: cloud.now(), message });
  }
  cloud.logs.write({ group: "access", stream: "s", timestamp: 0, message: '{"status":"429"}' });
  expect(await openApi(cloud).call("GET", "/metrics?minutes=5")).toMatchObject({
    json: {
      graphs: [
        {
          title: "Too many",
          statistic: "count",
          series: [{ label: 'events with status = "429"', points: [[minute, 2]] }],
        },
      ],
      others: [{ dashboard: "Board", title: "Too many", type: "log", query: sort }],
    },
  });
});

it("an alarm has its condition and its history, the newest first", async () => {
  const cloud = createTestCloud();
  onTestFinished(() => cloud.stop());
  cloud.cloudwatch.alarms.put(alarm);
  cloud.cloudwatch.alarms.setState("Errors", {
    value: "OK",
    reason: "fine",
    reasonData: undefined,
  });
  expect((await openApi(cloud).call("GET", "/alarms")).json).toMatchObject({
    alarms: [
      {
        name: "Errors",
        state: "OK",
        reason: "fine",
        condition: "Sum of Errors >= 1 in 1 of 2 minutes",
        history: [{ type: "StateUpdate" }, { type: "ConfigurationUpdate" }],
      },
    ],
  });
});
