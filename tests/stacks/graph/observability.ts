/** Log groups, alarms and the dashboard. */
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { retentionInDays } from "../../../stacks/settings/retention.ts";
import type { DeployedStage } from "./deployed.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

export function testObservability({ stage, settings, graph }: DeployedStage): void {
  const alarm = (name: string) => graph().one(ALARM, `${name}Alarm`).inputs;

  it("keeps the lines of every log group for the stage's time", () => {
    const groups = graph().all("aws:cloudwatch/logGroup:LogGroup");
    const kept = groups.map(({ name, inputs }) => [name, inputs["retentionInDays"]]);
    expect(Object.fromEntries(kept)).toEqual({
      ApiAccessLog: retentionInDays(settings),
      ApiExecutionLog: retentionInDays(settings),
      ExternalLambdaLogGroup: retentionInDays(settings),
      FirewallLog: retentionInDays(settings),
      InternalLambdaLogGroup: retentionInDays(settings),
    });
  });

  describe("alarms", () => {
    it.each(["ExternalLambda", "InternalLambda"])(
      "go off when %s fails, waits or is slow",
      (name) => {
        const dimensions = { FunctionName: `secure-lambda-${stage}-${name}` };
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

    it("go off at the first dead letter, at lost failures and when 1 in 100 answers is 5xx", () => {
      expect(alarm("DeadLetters")).toMatchObject({
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: `secure-lambda-${stage}-DeadLetters` },
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

    it("tell nobody while the stage names no address", () => {
      expect(settings.alarmEmail).toBeUndefined();
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

  it("shows every layer on one dashboard", () => {
    const { dashboardName, dashboardBody } = graph().one(
      "aws:cloudwatch/dashboard:Dashboard",
    ).inputs;
    expect(dashboardName).toBe(`secure-lambda-${stage}-Dashboard`);
    const { widgets } = z
      .object({ widgets: z.array(z.object({ properties: z.object({ title: z.string() }) })) })
      .parse(JSON.parse(z.string().parse(dashboardBody)));
    expect(widgets.map(({ properties }) => properties.title)).toEqual([
      "Firewall: allowed, counted, blocked",
      "Answers: all, 4xx, 5xx",
      "Answers: 429",
      "Latency p50 (ms)",
      "Latency p99 (ms)",
      "Functions: throttled runs",
      "Topic: published, failed",
      "Functions: failed runs",
      "Dead letters waiting",
    ]);
  });
}
