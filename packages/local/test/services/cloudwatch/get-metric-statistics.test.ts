/** GetMetricStatistics, called by the SDK for JavaScript. */
import { GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import { describe, expect, test } from "vitest";
import { datum, latency, useMetricsCloud } from "./metrics-cloud.ts";

// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/cloudwatch/test_cloudwatch.py

const { client, cloud, put, range } = useMetricsCloud();

const ask = (more: object) =>
  client().send(new GetMetricStatisticsCommand({ ...latency, ...range(), Period: 60, ...more }));

describe("GetMetricStatistics", () => {
  test("has a data point of each unit", async () => {
    const Timestamp = new Date(cloud().now());
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
