/** aws:cloudwatch/metricAlarm: alarms, put as by the API. */
import * as z from "zod";
import { nameOf } from "../../../provider/physical-name.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import { defineResource } from "../../../provider/resource-type.ts";
import type { Alarms } from "../alarms/alarms.ts";
import { comparisons } from "../alarms/settings.ts";

const metric = {
  metricName: z.string(),
  namespace: z.string(),
  period: z.int(),
  dimensions: z.record(z.string(), z.string()).optional(),
  unit: z.string().optional(),
};

const metricQuery = z.strictObject({
  id: z.string(),
  expression: z.string().optional(),
  label: z.string().optional(),
  metric: z.strictObject({ ...metric, stat: z.string() }).optional(),
  period: z.int().optional(),
  returnData: z.boolean().default(false),
});

const alarmInputs = z.strictObject({
  name: z.string().optional(),
  alarmDescription: z.string().optional(),
  comparisonOperator: z.enum(comparisons),
  evaluationPeriods: z.int(),
  datapointsToAlarm: z.int().optional(),
  threshold: z.number(),
  ...z.object(metric).partial().shape,
  statistic: z.string().optional(),
  extendedStatistic: z.string().optional(),
  evaluateLowSampleCountPercentiles: z.string().optional(),
  metricQueries: z.array(metricQuery).optional(),
  treatMissingData: z.string().optional(),
  actionsEnabled: z.boolean().optional(),
  alarmActions: z.array(z.string()).optional(),
  okActions: z.array(z.string()).optional(),
  insufficientDataActions: z.array(z.string()).optional(),
});

type AlarmInputs = z.infer<typeof alarmInputs>;

/** The resource type of alarms. */
export function metricAlarm(alarms: Alarms) {
  return replacedWhen(
    ["name"],
    defineResource({
      type: "aws:cloudwatch/metricAlarm:MetricAlarm",
      inputs: alarmInputs,
      apply: (inputs, context) => {
        const name = nameOf(inputs.name, context);
        const { arn } = alarms.put({ AlarmName: name, ...settingsOf(inputs) });
        return { id: name, outputs: { arn, name } };
      },
      remove: ({ id }) => alarms.delete(id),
    }),
  );
}

/** The inputs by the API's names. */
function settingsOf(inputs: AlarmInputs) {
  return {
    AlarmDescription: inputs.alarmDescription,
    ActionsEnabled: inputs.actionsEnabled,
    OKActions: inputs.okActions,
    AlarmActions: inputs.alarmActions,
    InsufficientDataActions: inputs.insufficientDataActions,
    ...metricOf(inputs),
    Statistic: inputs.statistic,
    ExtendedStatistic: inputs.extendedStatistic,
    Period: inputs.period,
    Unit: inputs.unit,
    EvaluationPeriods: inputs.evaluationPeriods,
    DatapointsToAlarm: inputs.datapointsToAlarm,
    Threshold: inputs.threshold,
    ComparisonOperator: inputs.comparisonOperator,
    TreatMissingData: inputs.treatMissingData,
    EvaluateLowSampleCountPercentile: inputs.evaluateLowSampleCountPercentiles,
    Metrics: inputs.metricQueries?.map(queryOf),
  };
}

function metricOf(inputs: Pick<AlarmInputs, "metricName" | "namespace" | "dimensions">) {
  const { metricName, namespace, dimensions = {} } = inputs;
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return { MetricName: metricName, Namespace: namespace, Dimensions };
}

function queryOf(query: z.infer<typeof metricQuery>) {
  return {
    Id: query.id,
    Expression: query.expression,
    Label: query.label,
    Period: query.period,
    ReturnData: query.returnData,
    MetricStat: query.metric && {
      Metric: metricOf(query.metric),
      Period: query.metric.period,
      Stat: query.metric.stat,
      Unit: query.metric.unit,
    },
  };
}
