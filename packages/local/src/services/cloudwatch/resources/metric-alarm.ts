/** aws:cloudwatch/metricAlarm: alarms, which are kept in the graph only. */
import * as z from "zod";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { limitation } from "../../../provider/limitations.ts";
import { nameOf } from "../../../provider/physical-name.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import { defineResource } from "../../../provider/resource-type.ts";

const metric = {
  metricName: z.string(),
  namespace: z.string(),
  period: z.int(),
  dimensions: z.record(z.string(), z.string()).optional(),
  unit: z.string().optional(),
};

const metricQuery = z.strictObject({
  id: z.string(),
  accountId: z.string().optional(),
  expression: z.string().optional(),
  label: z.string().optional(),
  metric: z.strictObject({ ...metric, stat: z.string() }).optional(),
  period: z.int().optional(),
  returnData: z.boolean().optional(),
});

const alarmInputs = z.strictObject({
  name: z.string().optional(),
  alarmDescription: z.string().optional(),
  comparisonOperator: z.string(),
  evaluationPeriods: z.int().positive(),
  datapointsToAlarm: z.int().positive().optional(),
  threshold: z.number().optional(),
  thresholdMetricId: z.string().optional(),
  ...z.object(metric).partial().shape,
  statistic: z.string().optional(),
  extendedStatistic: z.string().optional(),
  evaluateLowSampleCountPercentiles: z.string().optional(),
  metricQueries: z.array(metricQuery).optional(),
  treatMissingData: z.enum(["missing", "ignore", "breaching", "notBreaching"]).optional(),
  actionsEnabled: z.boolean().optional(),
  alarmActions: z.array(z.string()).optional(),
  okActions: z.array(z.string()).optional(),
  insufficientDataActions: z.array(z.string()).optional(),
});

/** The resource type of alarms. */
export function metricAlarm({ region, account }: AwsEnvironment) {
  return replacedWhen(
    ["name"],
    defineResource({
      type: "aws:cloudwatch/metricAlarm:MetricAlarm",
      inputs: alarmInputs,
      limitations: () => [limitation.metrics],
      apply: (inputs, context) => {
        const name = nameOf(inputs.name, context);
        const arn = `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
        return { id: name, outputs: { arn, name } };
      },
    }),
  );
}
