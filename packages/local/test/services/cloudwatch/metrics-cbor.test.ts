/** The operations on metrics, called in RPC v2 CBOR. */
import { CloudWatchClient, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import { SmithyRpcV2CborProtocol } from "@smithy/core/cbor";
import { expect, test } from "vitest";
import { datum, latency, query, useMetricsCloud } from "./metrics-cloud.ts";
import { clientConfig } from "../../support/client-config.ts";

const { cloud, client, range, put, getData } = useMetricsCloud(
  ({ url }) =>
    new CloudWatchClient({
      ...clientConfig(url),
      protocol: SmithyRpcV2CborProtocol,
      maxAttempts: 1,
    }),
);

test("gets times, numbers and maps as they were put", async () => {
  const Timestamp = new Date(cloud().now() - 60_000);
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
  const { Datapoints } = await client().send(
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
