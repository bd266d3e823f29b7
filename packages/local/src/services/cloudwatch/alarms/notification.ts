/**
 * What an alarm publishes to a topic when its state changes (recorded: notifications and mails in
 * public repositories; the test has them).
 */
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import type { Alarm, AlarmState } from "./alarm.ts";
import type { StateValue } from "./evaluate.ts";
import { regionName } from "./region-names.ts";
import { periodOf, queriesOf, type AlarmSettings, type AlarmQuery } from "./settings.ts";
import { awsTime, javaDouble, mailTime } from "./texts.ts";

/** Longer subjects are cut (assumed), since SNS would reject the message. */
const longestSubject = 100;

/** A notification: its subject, the message, and what e-mail addresses get in its place. */
export function notificationOf(alarm: Alarm, old: AlarmState, { region, account }: AwsEnvironment) {
  const { settings, state } = alarm;
  const subject = `${state.value}: "${settings.AlarmName}" in ${regionName(region)}`;
  const message = {
    AlarmName: settings.AlarmName,
    AlarmDescription: settings.AlarmDescription ?? null,
    AWSAccountId: account,
    AlarmConfigurationUpdatedTimestamp: awsTime(alarm.configuredAt),
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: awsTime(state.updatedAt),
    Region: regionName(region),
    AlarmArn: alarm.arn,
    OldStateValue: old.value,
    OKActions: settings.OKActions,
    AlarmActions: settings.AlarmActions,
    InsufficientDataActions: settings.InsufficientDataActions,
    Trigger: triggerOf(settings),
  };
  return {
    subject: subject.replaceAll(/[^ -~]/g, "?").slice(0, longestSubject),
    message: JSON.stringify(message),
    mailText: mailText(alarm, old, region),
  };
}

function triggerOf(settings: AlarmSettings) {
  const { Metrics, Statistic, ExtendedStatistic } = settings;
  const comparison = {
    EvaluationPeriods: settings.EvaluationPeriods,
    DatapointsToAlarm: settings.DatapointsToAlarm,
    ComparisonOperator: settings.ComparisonOperator,
    Threshold: settings.Threshold,
    TreatMissingData: settings.TreatMissingData ?? "missing",
    EvaluateLowSampleCountPercentile: settings.EvaluateLowSampleCountPercentile ?? "",
  };
  if (Metrics !== undefined) {
    return { Period: periodOf(settings), ...comparison, Metrics: Metrics.map(metricOf) };
  }
  return {
    MetricName: settings.MetricName,
    Namespace: settings.Namespace,
    ...(Statistic === undefined
      ? { StatisticType: "ExtendedStatistic", ExtendedStatistic }
      : { StatisticType: "Statistic", Statistic: Statistic.toUpperCase() }),
    Unit: settings.Unit ?? null,
    Dimensions: settings.Dimensions.map(dimensionOf),
    Period: settings.Period,
    ...comparison,
  };
}

function metricOf({ MetricStat, ...query }: AlarmQuery) {
  if (MetricStat === undefined) return query;
  const { Metric, ...stat } = MetricStat;
  const Dimensions = Metric.Dimensions.map(dimensionOf);
  return { ...query, MetricStat: { Metric: { ...Metric, Dimensions }, ...stat } };
}

function dimensionOf({ Name, Value }: AlarmSettings["Dimensions"][number]) {
  return { value: Value, name: Name };
}

function mailText({ settings, state, arn }: Alarm, old: AlarmState, region: string): string {
  const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = settings;
  const time = mailTime(state.updatedAt);
  return [
    `You are receiving this email because your Amazon CloudWatch Alarm "${settings.AlarmName}" in the ${regionName(region)} region has entered the ${state.value} state, because "${state.reason}" at "${time}".`,
    "",
    "Alarm Details:",
    `- Name:                       ${settings.AlarmName}`,
    `- Description:                ${settings.AlarmDescription ?? ""}`,
    `- State Change:               ${old.value} -> ${state.value}`,
    `- Reason for State Change:    ${state.reason}`,
    `- Timestamp:                  ${time}`,
    `- AWS Account:                ${arn.split(":")[4] ?? ""}`,
    `- Alarm Arn:                  ${arn}`,
    "",
    "Threshold:",
    `- The alarm is in the ALARM state when the metric is ${settings.ComparisonOperator} ${javaDouble(settings.Threshold)} for at least ${DatapointsToAlarm} of the last ${EvaluationPeriods} period(s) of ${periodOf(settings)} seconds.`,
    "",
    ...queriesOf(settings).flatMap((query) => monitored(query, settings)),
    "State Change Actions:",
    actionsLine("OK", settings.OKActions),
    actionsLine("ALARM", settings.AlarmActions),
    actionsLine("INSUFFICIENT_DATA", settings.InsufficientDataActions),
  ].join("\n");
}

function actionsLine(state: StateValue, arns: readonly string[]): string {
  return `- ${state}:${arns.map((arn) => ` [${arn}]`).join("")}`;
}

function monitored(
  { MetricStat, Expression = "", Label = "" }: AlarmQuery,
  settings: AlarmSettings,
) {
  if (MetricStat === undefined) {
    return ["Monitored Expression:", `- Expression: ${Expression}`, `- Label: ${Label}`, ""];
  }
  const { Metric, Period, Stat, Unit } = MetricStat;
  const dimensions = Metric.Dimensions.map(({ Name, Value }) => `[${Name} = ${Value}]`);
  return [
    "Monitored Metric:",
    `- MetricNamespace:                     ${Metric.Namespace}`,
    `- MetricName:                          ${Metric.MetricName}`,
    `- Dimensions:                          ${dimensions.join(", ")}`,
    `- Period:                              ${Period} seconds`,
    `- Statistic:                           ${Stat}`,
    `- Unit:                                ${Unit ?? "not specified"}`,
    `- TreatMissingData:                    ${settings.TreatMissingData ?? "missing"}`,
    "",
  ];
}
