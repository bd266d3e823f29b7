/** Limits of log groups, alarms and dashboards. */
import * as z from "zod";
import { bytes, inputs, part, text, type Limits } from "./checks.ts";

/** In days; 0 keeps them forever (LOGS-API/PutRetentionPolicy). */
const retentions = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557,
  2_922, 3_288, 3_653,
];

const actions = z.array(text(1_024)).max(5);
const dimensions = z
  .record(text(255), text(1_024))
  .refine((all) => Object.keys(all).length <= 30, { error: "must be at most 30" });

/** Documented: CLOUDWATCH-API/PutMetricAlarm, as the range of all periods. */
const period = z
  .int()
  .refine((value) => [10, 20, 30].includes(value) || (value > 0 && value % 60 === 0), {
    error: "must be 10, 20, 30 or a multiple of 60 seconds",
  });
const DAY = 86_400;

function evaluatesWithinBounds(alarm: unknown): boolean {
  const { data } = part({ period, evaluationPeriods: z.int() }).safeParse(alarm);
  const [each, times] = [Number(data?.["period"] ?? 0), Number(data?.["evaluationPeriods"] ?? 1)];
  return each * times <= (each < 3_600 ? DAY : 7 * DAY);
}

/** By type. */
export const observability: Limits = {
  /** Names that begin so are AWS's own (LOGS-API/CreateLogGroup). */
  "aws:cloudwatch/logGroup:LogGroup": inputs({
    name: text(512, /^(?!aws\/)[\w./#-]+$/),
    retentionInDays: z.literal(retentions),
  }),
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": inputs({
    policyName: text(255, /^[^:*]+$/),
    policyDocument: bytes(5_120),
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": inputs({
    name: text(255),
    alarmDescription: z.string().max(1_024),
    alarmActions: actions,
    okActions: actions,
    insufficientDataActions: actions,
    namespace: text(255, /^[^:]/),
    metricName: text(255),
    dimensions,
    period,
    evaluationPeriods: z.int().min(1),
    datapointsToAlarm: z.int().min(1),
    statistic: z.enum(["SampleCount", "Average", "Sum", "Minimum", "Maximum"]),
    treatMissingData: z.enum(["breaching", "notBreaching", "ignore", "missing"]),
    metricQueries: z
      .array(
        part({
          id: text(255, /^[a-z]\w*$/),
          expression: text(2_048),
          metric: part({ dimensions, period, namespace: text(255, /^[^:]/) }),
        }),
      )
      .max(20),
  }).refine(evaluatesWithinBounds, {
    path: ["evaluationPeriods"],
    error: "must look back a day at most, or seven with periods of an hour and more",
  }),
  /** Documented: CLOUDWATCH-API/PutDashboard. */
  "aws:cloudwatch/dashboard:Dashboard": inputs({ dashboardName: text(255, /^[\w-]+$/) }),
};
