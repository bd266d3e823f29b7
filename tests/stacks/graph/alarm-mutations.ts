/** Alarms removed, or made to never go off, and the rule of protected stages that detects it. */
import { drop, edit, editInput, type MutationRow } from "./mutate.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

export const alarmMutations: readonly MutationRow[] = [
  ["the alarm on dead letters", drop(ALARM, "DeadLettersAlarm"), "dead-letters-alarm"],
  ...(
    [
      ["namespace", "AWS/SNS"],
      ["statistic", "Minimum"],
      ["comparisonOperator", "LessThanThreshold"],
      ["evaluationPeriods", 100],
      ["period", 86_400],
    ] as const
  ).map(
    ([input, value]) =>
      [
        `the alarm on dead letters, by its ${input}`,
        edit(ALARM, [input], value, "DeadLettersAlarm"),
        "dead-letters-alarm",
      ] as const,
  ),
  ...[
    "ExternalLambdaErrors",
    "ExternalLambdaThrottles",
    "ExternalLambdaSlow",
    "InternalLambdaErrors",
    "InternalLambdaThrottles",
    "InternalLambdaSlow",
    "ApiServerErrors",
    "FailuresLost",
    "RedriveFailures",
  ].map((name) => [`the alarm ${name}`, drop(ALARM, `${name}Alarm`), "failures-alarm"] as const),
  ...(
    [
      ["comparisonOperator", "LessThanThreshold"],
      ["evaluationPeriods", 100],
      ["treatMissingData", "ignore"],
      ["namespace", "AWS/SQS"],
    ] as const
  ).map(
    ([input, value]) =>
      [
        `the alarm on lost failures, by its ${input}`,
        edit(ALARM, [input], value, "FailuresLostAlarm"),
        "failures-alarm",
      ] as const,
  ),
  ...(
    [
      ["FailuresLost", "threshold", 1_000_000],
      ["FailuresLost", "actionsEnabled", false],
      ["ExternalLambdaThrottles", "statistic", "Minimum"],
      ["ExternalLambdaThrottles", "period", 86_400],
      ["ExternalLambdaThrottles", "dimensions.Resource", "other:alias"],
      ["ExternalLambdaThrottles", "unit", "Bytes"],
      ["ExternalLambdaSlow", "threshold", 900_000],
      ["ExternalLambdaSlow", "evaluateLowSampleCountPercentiles", "ignore"],
      ["ApiServerErrors", "threshold", 1],
      ["ApiServerErrors", "dimensions.ApiName", "other"],
    ] as const
  ).map(
    ([name, input, value]) =>
      [
        `the alarm ${name}, which never goes off by its ${input}`,
        edit(ALARM, input.split("."), value, `${name}Alarm`),
        "failures-alarm",
      ] as const,
  ),
  [
    "the alarm on errors, of which its expression makes none",
    editInput(
      ALARM,
      "metricQueries",
      (queries) => queries.replace("100 * errors", "0 * errors"),
      "ExternalLambdaErrorsAlarm",
    ),
    "failures-alarm",
  ],
  [
    "the alarm on errors, whose share is that of another function's invocations",
    editInput(
      ALARM,
      "metricQueries",
      (queries) =>
        queries.replace(/("FunctionName":")[^"]*("\},"metricName":"Invocations")/, "$1other$2"),
      "ExternalLambdaErrorsAlarm",
    ),
    "failures-alarm",
  ],
  ...[
    ['"stat":"Sum"', '"stat":"Sum","unit":"Bytes"'],
    ['"metric":', '"accountId":"999999999999","metric":'],
  ].map(([before = "", after = ""]): MutationRow => [
    `the alarm on errors, which has no values with ${after}`,
    editInput(
      ALARM,
      "metricQueries",
      (queries) => queries.replaceAll(before, after),
      "ExternalLambdaErrorsAlarm",
    ),
    "failures-alarm",
  ]),
  [
    "the alarm on the first dead letter, in a unit that has no values",
    edit(ALARM, ["unit"], "Bytes", "DeadLettersAlarm"),
    "dead-letters-alarm",
  ],
];
