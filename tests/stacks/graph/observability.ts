/** Log groups, alarms and the dashboard. */
import { appName } from "@secure-lambda/functions/contract";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { hasAddress } from "../../../stacks/settings/schema.ts";
import { retentionInDays } from "../../../stacks/settings/retention.ts";
import { textOutput } from "../../support/graph.ts";
import type { DeployedStage } from "./deployed.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

export function testObservability({ stage, settings, graph }: DeployedStage): void {
  const alarm = (name: string) => graph().one(ALARM, `${name}Alarm`).inputs;

  it("gives every log group the stage's retention, and its key where the stage has keys", () => {
    const key = settings.customerKeys
      ? textOutput(graph().one("aws:kms/key:Key", "LogKey"), "arn")
      : undefined;
    const groups = graph().all("aws:cloudwatch/logGroup:LogGroup");
    const has = ({ inputs }: (typeof groups)[number]) => [
      inputs["retentionInDays"],
      inputs["kmsKeyId"],
    ];
    const expected = [retentionInDays(settings), key];
    expect(Object.fromEntries(groups.map((group) => [group.name, has(group)]))).toEqual({
      ApiAccessLog: expected,
      ApiExecutionLog: expected,
      DeliveryLog: expected,
      ExternalLambdaLogGroup: expected,
      FailedDeliveryLog: expected,
      FirewallLog: expected,
      InternalLambdaLogGroup: expected,
    });
  });

  const { alarms, dashboard, methodMetrics } = settings.monitoring;

  it("has alarms, a dashboard and metrics of methods where the stage says so", () => {
    expect(graph().all(ALARM).length > 0).toBe(alarms);
    expect(graph().all("aws:cloudwatch/dashboard:Dashboard").length > 0).toBe(dashboard);
    expect(graph().one("aws:apigateway/methodSettings:MethodSettings").inputs).toMatchObject({
      settings: { metricsEnabled: methodMetrics },
    });
  });

  describe.each(alarms ? ["alarms"] : [])("%s", () => {
    it.each(["ExternalLambda", "InternalLambda"])(
      "watch the error rate, throttles and p99 duration of %s",
      (name) => {
        const dimensions = { FunctionName: `${appName}-${stage}-${name}` };
        expect(alarm(`${name}Errors`)).toMatchObject({ threshold: 1 });
        expect(JSON.stringify(alarm(`${name}Errors`)["metricQueries"])).toContain(
          "100 * errors / invocations",
        );
        expect(alarm(`${name}Throttles`)).toMatchObject({
          metricName: "Throttles",
          dimensions,
          threshold: 0,
        });
        expect(alarm(`${name}Slow`)).toMatchObject({
          metricName: "Duration",
          extendedStatistic: "p99",
          dimensions,
          threshold: 8_000,
        });
      },
    );

    it("watch dead letters, lost events and more than 1 % of 5xx responses", () => {
      expect(alarm("DeadLetters")).toMatchObject({
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: `${appName}-${stage}-DeadLetters` },
        threshold: 0,
      });
      expect(alarm("FailuresLost")).toMatchObject({ metricName: "DestinationDeliveryFailures" });
      expect(alarm("RedriveFailures")).toMatchObject({
        metricName: "NumberOfNotificationsFailedToRedriveToDlq",
      });
      expect(alarm("ApiServerErrors")).toMatchObject({
        metricName: "5XXError",
        statistic: "Average",
        dimensions: { Stage: stage },
        threshold: 0.01,
      });
    });

    it("notify no topic while the stage has no address", () => {
      expect(hasAddress(settings.alarmEmail)).toBe(false);
      expect(
        graph()
          .all(ALARM)
          .map(({ inputs }) => inputs["alarmActions"]),
      ).toEqual(
        graph()
          .all(ALARM)
          .map(() => []),
      );
      expect(graph().all("aws:sns/topic:Topic")).toHaveLength(1);
    });
  });

  it.each(dashboard ? ["shows every layer on one dashboard"] : [])("%s", () => {
    const { dashboardName, dashboardBody } = graph().one(
      "aws:cloudwatch/dashboard:Dashboard",
    ).inputs;
    expect(dashboardName).toBe(`${appName}-${stage}-Dashboard`);
    const { widgets } = z
      .object({ widgets: z.array(z.object({ properties: z.object({ title: z.string() }) })) })
      .parse(JSON.parse(z.string().parse(dashboardBody)));
    expect(widgets.map(({ properties }) => properties.title)).toEqual([
      "Firewall: allowed, counted and blocked requests",
      "API: requests, 4xx and 5xx responses",
      "API: 429 responses",
      "API: latency, p50 (ms)",
      "API: latency, p99 (ms)",
      "Functions: throttled invocations",
      "Topic: published messages, failed deliveries",
      "Functions: errors",
      "Dead-letter queue: messages",
    ]);
  });
}
