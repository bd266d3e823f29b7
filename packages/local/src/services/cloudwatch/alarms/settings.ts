/** The settings of an alarm, as PutMetricAlarm takes them (documented: CLOUDWATCH-API/PutMetricAlarm). */
import * as z from "zod";
import { boolean, integer, number, unit } from "../api/shapes.ts";

const name = z.string().min(1).max(255);
const positive = integer.pipe(z.int().positive());
const actions = z.array(z.string().min(1).max(1024)).max(5).default([]);

const metric = {
  Namespace: name.regex(/^[^:]/, "a namespace does not begin with a colon"),
  MetricName: name,
  Dimensions: z
    .array(z.strictObject({ Name: name, Value: z.string().min(1).max(1024) }))
    .max(30)
    .default([]),
};

const query = z.strictObject({
  Id: z.string().regex(/^[a-z]\w{0,254}$/, "an id begins with a lower-case letter"),
  Label: z.string().optional(),
  ReturnData: boolean.default(true),
  Period: positive.optional(),
  Expression: z.string().min(1).max(2048).optional(),
  MetricStat: z
    .strictObject({
      Metric: z.strictObject(metric),
      Period: positive,
      Stat: z.string().min(1),
      Unit: unit.optional(),
    })
    .optional(),
});

/** What an alarm asks for: a metric's statistic, or an expression of such. */
export type AlarmQuery = z.infer<typeof query>;

/** The operators for thresholds that do not move; those of anomaly detection are not supported. */
export const comparisons = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
] as const;

/** The input of PutMetricAlarm, before its members are checked together. */
export const alarmSettings = z.strictObject({
  AlarmName: name,
  AlarmDescription: z.string().max(1024).optional(),
  ActionsEnabled: boolean.default(true),
  OKActions: actions,
  AlarmActions: actions,
  InsufficientDataActions: actions,
  ...z.object(metric).partial({ Namespace: true, MetricName: true }).shape,
  Statistic: z.enum(["SampleCount", "Average", "Sum", "Minimum", "Maximum"]).optional(),
  ExtendedStatistic: z.string().optional(),
  Period: positive.optional(),
  Unit: unit.optional(),
  EvaluationPeriods: positive,
  DatapointsToAlarm: positive.optional(),
  Threshold: number,
  ComparisonOperator: z.enum(comparisons),
  TreatMissingData: z.enum(["missing", "ignore", "breaching", "notBreaching"]).optional(),
  EvaluateLowSampleCountPercentile: z.enum(["evaluate", "ignore"]).optional(),
  Metrics: z.array(query).optional(),
});

/** The settings of an alarm. */
export type AlarmSettings = z.infer<typeof alarmSettings>;

/** The queries of an alarm: its own, or the one that its metric amounts to. */
export function queriesOf({ Metrics, ...settings }: AlarmSettings): readonly AlarmQuery[] {
  if (Metrics !== undefined) return Metrics;
  const { Namespace = "", MetricName = "", Dimensions, Period = 0, Unit } = settings;
  const Stat = settings.Statistic ?? settings.ExtendedStatistic ?? "";
  const Metric = { Namespace, MetricName, Dimensions };
  return [{ Id: "m1", MetricStat: { Metric, Period, Stat, Unit }, ReturnData: true }];
}

/** The seconds of an alarm's data points: its metrics have one period (CLOUDWATCH/Create-alarm-on-metric-math-expression). */
export function periodOf(settings: AlarmSettings): number {
  const periods = queriesOf(settings).map(({ Period, MetricStat }) => MetricStat?.Period ?? Period);
  return periods.find((given) => given !== undefined) ?? 0;
}
