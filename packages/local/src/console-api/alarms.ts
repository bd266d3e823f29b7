/** Routes of alarms: their states, what they compare, and their history. */
import type { Alarm } from "../services/cloudwatch/alarms/alarm.ts";
import type { Alarms } from "../services/cloudwatch/alarms/alarms.ts";
import { periodOf, queriesOf } from "../services/cloudwatch/alarms/settings.ts";
import { alarmsSchema } from "./metrics-view.ts";
import { bare, defineRoute, type Route } from "./route.ts";

const shownItems = 50;

/** The routes. */
export function alarmRoutes(alarms: Pick<Alarms, "list" | "history">): Route[] {
  return [
    defineRoute({
      ...bare,
      method: "get",
      path: "/alarms",
      operationId: "listAlarms",
      summary: "Lists the alarms with their states, conditions and histories.",
      result: alarmsSchema,
      handle() {
        const histories = Map.groupBy(alarms.history(), ({ alarmName }) => alarmName);
        return {
          alarms: alarms.list().map((alarm) => ({
            name: alarm.settings.AlarmName,
            description: alarm.settings.AlarmDescription ?? "",
            state: alarm.state.value,
            since: new Date(alarm.state.transitionedAt).toISOString(),
            reason: alarm.state.reason,
            condition: conditionOf(alarm),
            history: (histories.get(alarm.settings.AlarmName) ?? [])
              .slice(-shownItems)
              .toReversed()
              .map(({ timestamp, type, summary }) => ({
                time: new Date(timestamp).toISOString(),
                type,
                summary,
              })),
          })),
        };
      },
    }),
  ];
}

const signs = {
  GreaterThanOrEqualToThreshold: ">=",
  GreaterThanThreshold: ">",
  LessThanThreshold: "<",
  LessThanOrEqualToThreshold: "<=",
};

/** Such as `Sum of Errors >= 1 in 1 of 1 minutes`. */
function conditionOf({ settings }: Alarm): string {
  const { ComparisonOperator, Threshold, EvaluationPeriods, DatapointsToAlarm } = settings;
  const [compared] = queriesOf(settings).filter(({ ReturnData }) => ReturnData);
  const { MetricStat, Expression, Label } = compared ?? {};
  const what =
    MetricStat === undefined
      ? (Label ?? Expression ?? "")
      : `${MetricStat.Stat} of ${MetricStat.Metric.MetricName}`;
  const periods = `${DatapointsToAlarm ?? EvaluationPeriods} of ${EvaluationPeriods}`;
  const length = periodOf(settings) / 60;
  const unit = length === 1 ? "minutes" : `periods of ${length} minutes`;
  return `${what} ${signs[ComparisonOperator]} ${Threshold} in ${periods} ${unit}`;
}
