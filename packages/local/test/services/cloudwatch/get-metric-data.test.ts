/** GetMetricData, called by the SDK for JavaScript. */
import type { GetMetricDataCommandInput } from "@aws-sdk/client-cloudwatch";
import { describe, expect, test } from "vitest";
import { datum, query, useMetricsCloud } from "./metrics-cloud.ts";

// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/cloudwatch/test_cloudwatch.py

const { cloud, put, getData } = useMetricsCloud();

describe("GetMetricData", () => {
  test("gives statistics and metric math of what PutMetricData got", async () => {
    const start = new Date(cloud().now());
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
    cloud().minutes.pass();
    await put(datum({ Value: 2 }));
    cloud().minutes.pass();
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
