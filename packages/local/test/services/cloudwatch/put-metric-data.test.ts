/** PutMetricData and ListMetrics, called by the SDK for JavaScript. */
import {
  ListMetricsCommand,
  PutMetricDataCommand,
  type MetricDatum,
} from "@aws-sdk/client-cloudwatch";
import { describe, expect, test } from "vitest";
import { datum, Dimensions, latency, Namespace, useMetricsCloud } from "./metrics-cloud.ts";

// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/cloudwatch/test_cloudwatch.py

const { cloud, client, put } = useMetricsCloud();

const list = (input: object) => client().send(new ListMetricsCommand(input));

describe("ListMetrics", () => {
  test("finds metrics by namespace, name and dimensions", async () => {
    await put(datum({ Value: 1 }), { MetricName: "Users", Value: 1 });
    cloud().cloudwatch.metrics.measure({
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: {},
      value: 1,
      unit: "Count",
    });
    const users = { Namespace, MetricName: "Users", Dimensions: [] };
    expect((await list({})).Metrics).toHaveLength(3);
    expect((await list({ Namespace })).Metrics).toEqual([latency, users]);
    expect((await list({ MetricName: "Users" })).Metrics).toEqual([users]);
    expect((await list({ Dimensions: [{ Name: "Route" }] })).Metrics).toEqual([latency]);
    expect((await list({ Dimensions })).Metrics).toEqual([latency]);
    expect((await list({ Dimensions: [{ Name: "Route", Value: "/" }] })).Metrics).toEqual([]);
  });

  test("leaves out what has no values for three hours, if asked to", async () => {
    await put(datum({ Value: 1 }));
    cloud().minutes.pass(180);
    expect((await list({ RecentlyActive: "PT3H" })).Metrics).toHaveLength(1);
    cloud().minutes.pass();
    expect((await list({ RecentlyActive: "PT3H" })).Metrics).toEqual([]);
    expect((await list({})).Metrics).toHaveLength(1);
  });

  test("has pages of 500", async () => {
    for (const from of [0, 300]) {
      await put(
        ...Array.from({ length: 300 }, (_, at) => ({ MetricName: `m${from + at}`, Value: 1 })),
      );
    }
    const first = await list({ Namespace });
    expect(first.Metrics).toHaveLength(500);
    const second = await list({ Namespace, NextToken: first.NextToken });
    expect(second.Metrics).toHaveLength(100);
    expect(second.NextToken).toBeUndefined();
  });
});

describe("PutMetricData", () => {
  test("keeps a value with its time, and with the unit None by default", async () => {
    const Timestamp = new Date(cloud().now() - 120_000);
    await put(datum({ Value: 0, Timestamp, StorageResolution: 1 }));
    const found = cloud().cloudwatch.metrics.read({
      metric: { namespace: Namespace, metricName: "Latency", dimensions: { Route: "/lambda1" } },
      start: 0,
      end: cloud().now(),
      minutes: 1,
      unit: "None",
    });
    expect(found).toMatchObject([{ summary: { count: 1, sum: 0 } }]);
  });

  test("takes what the SDK compresses", async () => {
    const many = Array.from({ length: 1_000 }, (_, at) => ({ MetricName: `m${at}`, Value: at }));
    await put(...many);
    expect(cloud().cloudwatch.metrics.list()).toHaveLength(1_000);
  });

  const day = 24 * 60 * 60_000;
  const anySet = { SampleCount: 1, Sum: 1, Minimum: 1, Maximum: 1 };
  const combination = "InvalidParameterCombinationException";
  const invalid = "InvalidParameterValueException";
  test.each<[string, Partial<MetricDatum>, string, string]>([
    ["no value", {}, combination, "MetricData.member.1.Value and"],
    ["a value and values", { Value: 1, Values: [1] }, combination, "member.1.Values are mutually"],
    [
      "a value and a set",
      { Value: 1, StatisticValues: anySet },
      combination,
      "StatisticValues are",
    ],
    ["fewer counts than values", { Values: [1, 2], Counts: [1] }, invalid, "of the same size"],
    [
      "a set of nothing",
      { StatisticValues: { ...anySet, SampleCount: 0 } },
      invalid,
      "SampleCount",
    ],
    [
      "a time weeks ago",
      { Value: 1, Timestamp: new Date(Date.now() - 15 * day) },
      invalid,
      "Timestamp",
    ],
    ["a time tomorrow", { Value: 1, Timestamp: new Date(Date.now() + day) }, invalid, "Timestamp"],
    [
      "a value that is no number",
      { Value: Number.NaN },
      "ValidationException",
      "MetricData.0.Value",
    ],
    ["a value above 2^360", { Value: 2 ** 361 }, "ValidationException", "MetricData.0.Value"],
    [
      "151 values",
      { Values: Array.from({ length: 151 }, () => 1) },
      "ValidationException",
      "Values",
    ],
    [
      "31 dimensions",
      {
        Value: 1,
        Dimensions: Array.from({ length: 31 }, (_, at) => ({ Name: `d${at}`, Value: "v" })),
      },
      "ValidationException",
      "Dimensions",
    ],
    [
      "a dimension without a value",
      { Value: 1, Dimensions: [{ Name: "d", Value: "" }] },
      "ValidationException",
      "Dimensions.0.Value",
    ],
    [
      "a resolution of 10 s",
      { Value: 1, StorageResolution: 10 },
      "ValidationException",
      "StorageResolution",
    ],
    [
      "a name of 256 characters",
      { Value: 1, MetricName: "m".repeat(256) },
      "ValidationException",
      "MetricName",
    ],
  ])("rejects %s, and keeps nothing of the call", async (_, more, name, message) => {
    const call = put(datum(more), datum({ Value: 1 }));
    await expect(call).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
    expect(cloud().cloudwatch.metrics.list()).toEqual([]);
  });

  test.each([["AWS/Lambda"], [":App"], [""]])("rejects the namespace %s", async (own) => {
    const call = client().send(
      new PutMetricDataCommand({ Namespace: own, MetricData: [datum({ Value: 1 })] }),
    );
    await expect(call).rejects.toThrow(/Namespace/);
  });
});
