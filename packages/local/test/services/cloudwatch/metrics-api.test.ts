/** The operations on metrics, called by the SDK for JavaScript. */
import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDatum,
} from "@aws-sdk/client-cloudwatch";
import { SmithyRpcV2CborProtocol } from "@smithy/core/cbor";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";

// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/cloudwatch/test_cloudwatch.py

const Namespace = "App";
const Dimensions = [{ Name: "Route", Value: "/lambda1" }];
const latency = { Namespace, MetricName: "Latency", Dimensions };

let cloud: StartedCloud;
let client: CloudWatchClient;
beforeEach(async () => {
  cloud = await startTestCloud();
  client = cloud.clients.cloudwatch;
  cloud.minutes.pass();
});
afterEach(() => cloud.stop());

const put = (...MetricData: MetricDatum[]) =>
  client.send(new PutMetricDataCommand({ Namespace, MetricData }));
const datum = (more: Partial<MetricDatum>): MetricDatum => ({
  MetricName: "Latency",
  Dimensions,
  ...more,
});
const range = (minutes = 5) => ({
  StartTime: new Date(cloud.now() - minutes * 60_000),
  EndTime: new Date(cloud.now() + 60_000),
});
const getData = (input: Partial<GetMetricDataCommandInput>) =>
  client.send(new GetMetricDataCommand({ MetricDataQueries: [], ...range(), ...input }));
const query = (Id: string, Stat: string, Period = 60) => ({
  Id,
  MetricStat: { Metric: latency, Period, Stat },
});

describe("a client of RPC v2 CBOR", () => {
  beforeEach(() => {
    client = new CloudWatchClient({
      endpoint: cloud.url,
      region: "us-east-1",
      credentials: { accessKeyId: "operator", secretAccessKey: "any" },
      protocol: SmithyRpcV2CborProtocol,
      maxAttempts: 1,
    });
  });
  afterEach(() => client.destroy());

  test("gets times, numbers and maps as they were put", async () => {
    const Timestamp = new Date(cloud.now() - 60_000);
    await put(datum({ Value: 0.1, Timestamp, Unit: "Seconds" }), datum({ Value: 7, Timestamp }));
    const { MetricDataResults } = await getData({ MetricDataQueries: [query("a", "Sum")] });
    expect(MetricDataResults).toEqual([
      {
        Id: "a",
        Label: "Latency",
        Timestamps: [Timestamp],
        Values: [7.1],
        StatusCode: "Complete",
      },
    ]);
    const { Datapoints } = await client.send(
      new GetMetricStatisticsCommand({
        ...latency,
        ...range(),
        Period: 60,
        ExtendedStatistics: ["p50"],
        Unit: "Seconds",
      }),
    );
    expect(Datapoints).toEqual([{ Timestamp, Unit: "Seconds", ExtendedStatistics: { p50: 0.1 } }]);
  });

  test("gets errors by name, with their status", async () => {
    await expect(put(datum({}))).rejects.toMatchObject({
      name: "InvalidParameterCombinationException",
      message: expect.stringContaining("At least one of"),
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe("GetMetricData", () => {
  test("gives statistics and metric math of what PutMetricData got", async () => {
    const start = new Date(cloud.now());
    await put(datum({ Value: 10 }), datum({ Values: [20, 70], Counts: [8, 1] }));
    const { MetricDataResults, Messages } = await getData({
      MetricDataQueries: [
        query("sum", "Sum"),
        query("p90", "p90"),
        { ...query("count", "SampleCount"), ReturnData: false },
        { Id: "mean", Expression: "sum / count", Label: "Mean" },
      ],
    });
    const of = (Id: string, Label: string, value: number) => ({
      Id,
      Label,
      Timestamps: [start],
      Values: [value],
      StatusCode: "Complete",
    });
    expect(Messages).toEqual([]);
    expect(MetricDataResults).toEqual([
      of("sum", "Latency Sum", 240),
      of("p90", "Latency p90", 20),
      of("mean", "Mean", 24),
    ]);
  });

  test("has the newest first, or the oldest, in pages", async () => {
    await put(datum({ Value: 1 }));
    cloud.minutes.pass();
    await put(datum({ Value: 2 }));
    cloud.minutes.pass();
    await put(datum({ Value: 3 }));
    const asked = { MetricDataQueries: [query("a", "Sum"), query("b", "Sum")], MaxDatapoints: 4 };
    const first = await getData(asked);
    expect(first.MetricDataResults).toMatchObject([
      { Id: "a", Values: [3, 2, 1], StatusCode: "Complete" },
      { Id: "b", Values: [3], StatusCode: "PartialData" },
    ]);
    const second = await getData({ ...asked, NextToken: first.NextToken });
    expect(second.MetricDataResults).toMatchObject([
      { Id: "a", Values: [], StatusCode: "Complete" },
      { Id: "b", Values: [2, 1], StatusCode: "Complete" },
    ]);
    expect(second.NextToken).toBeUndefined();
    const ascending = await getData({ ...asked, ScanBy: "TimestampAscending" });
    expect(ascending.MetricDataResults?.[0]?.Values).toEqual([1, 2, 3]);
  });

  test("has a label with the period where periods differ, and none for a metric without values", async () => {
    const { MetricDataResults } = await getData({
      MetricDataQueries: [query("a", "Sum"), query("b", "Sum", 300)],
    });
    expect(MetricDataResults?.map(({ Label, Values }) => [Label, Values])).toEqual([
      ["Latency 60", []],
      ["Latency 300", []],
    ]);
  });

  test.each<[string, Partial<GetMetricDataCommandInput>, string]>([
    ["no query", { MetricDataQueries: [] }, "MetricDataQueries: Too small"],
    [
      "more than 500 queries",
      { MetricDataQueries: Array.from({ length: 501 }, (_, at) => query(`q${at}`, "Sum")) },
      "MetricDataQueries: Too big",
    ],
    ["the same id twice", { MetricDataQueries: [query("a", "Sum"), query("a", "Sum")] }, "Id once"],
    [
      "an id with a capital",
      { MetricDataQueries: [query("A", "Sum")] },
      "a lowercase letter first",
    ],
    ["another statistic", { MetricDataQueries: [query("a", "Median")] }, "Median is not a valid"],
    [
      "a statistic of AWS's",
      { MetricDataQueries: [query("a", "tm99")] },
      "not support the statistic",
    ],
    ["a period of 90 s", { MetricDataQueries: [query("a", "Sum", 90)] }, "a multiple of 60"],
    [
      "a period of 10 s",
      { MetricDataQueries: [query("a", "Sum", 10)] },
      "not support the period 10",
    ],
    ["neither metric nor expression", { MetricDataQueries: [{ Id: "a" }] }, "either MetricStat or"],
    [
      "a wrong expression",
      { MetricDataQueries: [{ Id: "a", Expression: "b" }] },
      "Error in expression 'a': The expression is not valid: no query has the id b.",
    ],
    [
      "another period of an expression",
      { MetricDataQueries: [query("a", "Sum"), { Id: "b", Expression: "a", Period: 300 }] },
      "another Period of b",
    ],
    [
      "a dynamic label",
      { MetricDataQueries: [{ ...query("a", "Sum"), Label: "[${MAX}] latency" }] },
      "dynamic labels",
    ],
    ["a time zone", { LabelOptions: { Timezone: "+0100" } }, "parameter LabelOptions"],
    ["a range that ends before it starts", { EndTime: new Date(0) }, "must be less than"],
  ])("rejects %s", async (_, input, message) => {
    const asked = getData({ MetricDataQueries: [query("a", "Sum")], ...input });
    await expect(asked).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode: 400 },
    });
  });

  test("rejects a token that no page gave", async () => {
    const asked = getData({ MetricDataQueries: [query("a", "Sum")], NextToken: "one" });
    await expect(asked).rejects.toMatchObject({ name: "InvalidNextToken" });
  });
});

const ask = (more: object) =>
  client.send(new GetMetricStatisticsCommand({ ...latency, ...range(), Period: 60, ...more }));

describe("GetMetricStatistics", () => {
  test("has a data point of each unit", async () => {
    const Timestamp = new Date(cloud.now());
    const StatisticValues = { SampleCount: 2, Sum: 30, Minimum: 10, Maximum: 20 };
    await put(datum({ Value: 5, Unit: "Milliseconds" }), datum({ StatisticValues }));
    const Statistics = ["SampleCount", "Sum", "Average", "Minimum", "Maximum"] as const;
    const { Label, Datapoints } = await ask({ Statistics });
    const [count, five] = [{ SampleCount: 2, Sum: 30, Average: 15, Minimum: 10, Maximum: 20 }, 5];
    expect(Label).toBe("Latency");
    expect(Datapoints).toEqual([
      {
        Timestamp,
        Unit: "Milliseconds",
        SampleCount: 1,
        Sum: five,
        Average: five,
        Minimum: five,
        Maximum: five,
      },
      { Timestamp, Unit: "None", ...count },
    ]);
    expect((await ask({ Statistics: ["Sum"], Unit: "Bytes" })).Datapoints).toEqual([]);
  });

  test("has percentiles, where all values are known", async () => {
    await put(datum({ Values: [1, 2, 3], Unit: "Seconds" }));
    const { Datapoints } = await ask({ ExtendedStatistics: ["p50", "p99.9"] });
    expect(Datapoints).toMatchObject([{ ExtendedStatistics: { p50: 2, "p99.9": 3 } }]);
  });

  test.each([
    ["no statistic", {}, "InvalidParameterCombinationException"],
    [
      "both kinds",
      { Statistics: ["Sum"], ExtendedStatistics: ["p1"] },
      "InvalidParameterCombinationException",
    ],
    [
      "1,441 data points",
      { Statistics: ["Sum"], StartTime: new Date(0) },
      "InvalidParameterCombinationException",
    ],
    [
      "an end at the start",
      { Statistics: ["Sum"], EndTime: new Date(0) },
      "InvalidParameterValueException",
    ],
    ["a statistic that is none", { Statistics: ["Median"] }, "ValidationException"],
  ])("rejects %s", async (_, more, name) => {
    await expect(ask(more)).rejects.toMatchObject({ name });
  });
});

const list = (input: object) => client.send(new ListMetricsCommand(input));

describe("ListMetrics", () => {
  test("finds metrics by namespace, name and dimensions", async () => {
    await put(datum({ Value: 1 }), { MetricName: "Users", Value: 1 });
    cloud.cloudwatch.metrics.measure({
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
    cloud.minutes.pass(180);
    expect((await list({ RecentlyActive: "PT3H" })).Metrics).toHaveLength(1);
    cloud.minutes.pass();
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
    const Timestamp = new Date(cloud.now() - 120_000);
    await put(datum({ Value: 0, Timestamp, StorageResolution: 1 }));
    const found = cloud.cloudwatch.metrics.read({
      metric: { namespace: Namespace, metricName: "Latency", dimensions: { Route: "/lambda1" } },
      start: 0,
      end: cloud.now(),
      minutes: 1,
      unit: "None",
    });
    expect(found).toMatchObject([{ summary: { count: 1, sum: 0 } }]);
  });

  test("takes what the SDK compresses", async () => {
    const many = Array.from({ length: 1_000 }, (_, at) => ({ MetricName: `m${at}`, Value: at }));
    await put(...many);
    expect(cloud.cloudwatch.metrics.list()).toHaveLength(1_000);
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
    expect(cloud.cloudwatch.metrics.list()).toEqual([]);
  });

  test.each([["AWS/Lambda"], [":App"], [""]])("rejects the namespace %s", async (own) => {
    const call = client.send(
      new PutMetricDataCommand({ Namespace: own, MetricData: [datum({ Value: 1 })] }),
    );
    await expect(call).rejects.toThrow(/Namespace/);
  });
});
