/** A cloud for each test, a client of CloudWatch, and one metric to put and query. */
import {
  type CloudWatchClient,
  GetMetricDataCommand,
  PutMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDatum,
} from "@aws-sdk/client-cloudwatch";
import { afterEach, beforeEach } from "vitest";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";

export const Namespace = "App";
export const Dimensions = [{ Name: "Route", Value: "/lambda1" }];
export const latency = { Namespace, MetricName: "Latency", Dimensions };

/** Values of the metric. */
export const datum = (more: Partial<MetricDatum>): MetricDatum => ({
  MetricName: "Latency",
  Dimensions,
  ...more,
});

/** A query of the metric. */
export const query = (Id: string, Stat: string, Period = 60) => ({
  Id,
  MetricStat: { Metric: latency, Period, Stat },
});

/** Starts a cloud before each test, a minute after its begin, and stops it after. */
export function useMetricsCloud(
  clientOf = ({ clients }: StartedCloud): CloudWatchClient => clients.cloudwatch,
) {
  let cloud: StartedCloud;
  let client: CloudWatchClient;
  beforeEach(async () => {
    cloud = await startTestCloud();
    client = clientOf(cloud);
    cloud.minutes.pass();
  });
  afterEach(async () => {
    client.destroy();
    await cloud.stop();
  });

  /** The last five minutes and the next. */
  const range = () => ({
    StartTime: new Date(cloud.now() - 5 * 60_000),
    EndTime: new Date(cloud.now() + 60_000),
  });
  return {
    cloud: () => cloud,
    client: () => client,
    range,
    put: (...MetricData: MetricDatum[]) =>
      client.send(new PutMetricDataCommand({ Namespace, MetricData })),
    getData: (input: Partial<GetMetricDataCommandInput>) =>
      client.send(new GetMetricDataCommand({ MetricDataQueries: [], ...range(), ...input })),
  };
}
