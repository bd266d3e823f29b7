/** The dashboard's graphs of metrics have data points once the deployed app has been called. */
import {
  CloudWatchClient,
  GetDashboardCommand,
  GetMetricDataCommand,
} from "@aws-sdk/client-cloudwatch";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { namesOf } from "../../stacks/settings/names.ts";
import { openAws } from "../support/aws-clients.ts";
import { graphOf, textOutput } from "../support/graph.ts";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";
import { clientConfig } from "../../packages/local/test/support/client-config.ts";

const bodySchema = z.object({
  widgets: z.array(
    z.object({
      type: z.string(),
      properties: z.object({
        stat: z.string().optional(),
        period: z.number().optional(),
        metrics: z.array(z.tuple([z.string(), z.string()], z.string())).default([]),
      }),
    }),
  ),
});

let app: SharedApp;
let client: CloudWatchClient;
beforeAll(async () => {
  app = await useSharedApp();
  client = new CloudWatchClient(clientConfig(app.urls.aws));
});
afterAll(() => {
  client?.destroy();
  app?.close();
});

/** The metrics of the dashboard, each as a query of the statistic of its graph. */
async function queriesOfDashboard() {
  const DashboardName = namesOf(app.stage).resource("Dashboard");
  const { DashboardBody = "" } = await client.send(new GetDashboardCommand({ DashboardName }));
  const { widgets } = bodySchema.parse(JSON.parse(DashboardBody));
  return widgets
    .flatMap(({ properties: { metrics, stat, period } }) =>
      metrics.map(([Namespace, MetricName, ...rest]) => ({
        Stat: stat,
        Period: period,
        Metric: { Namespace, MetricName, Dimensions: dimensionsIn(rest) },
      })),
    )
    .map((MetricStat, at) => ({ Id: `m${at}`, MetricStat }));
}

/** A queue has metrics for six hours after it was used, which pass in six minutes here. */
async function useDeadLetters(): Promise<void> {
  const aws = openAws(app.urls.aws);
  const QueueUrl = textOutput(graphOf(app.graph).one("aws:sqs/queue:Queue", "DeadLetters"), "url");
  await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  aws.close();
}

const dimensionsIn = (texts: readonly string[]) =>
  texts.flatMap((Name, at) => (at % 2 === 0 ? [{ Name, Value: texts[at + 1] }] : []));

it("has the metrics of every layer that a request passes", async () => {
  const StartTime = new Date();
  const MetricDataQueries = await queriesOfDashboard();
  const authorization = await app.token(1);
  const response = await app.post("/lambda1", { authorization, body: { name: "Metric" } });
  expect(response.status).toBe(200);
  await app.greetings.arrived("Metric");
  await useDeadLetters();

  const withoutValues = async () => {
    const EndTime = new Date(Date.now() + 60_000);
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({ MetricDataQueries, StartTime, EndTime }),
    );
    return MetricDataQueries.filter(({ Id }) =>
      MetricDataResults.every((result) => result.Id !== Id || result.Values?.length === 0),
    ).map(({ MetricStat }) => MetricStat.Metric.MetricName);
  };
  expect(MetricDataQueries.length).toBeGreaterThan(10);
  // AWS has these only where they happened.
  await expect.poll(withoutValues).toEqual(["BlockedRequests", "NumberOfNotificationsFailed"]);
});
