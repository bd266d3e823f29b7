/** Rules about logs: written as JSON, with a retention, and without tokens and names. */
import * as z from "zod";
import { allOf, type Rule, ruleFor, unless } from "./graph.ts";
import { readJson } from "./json.ts";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

const logGroupsHaveARetention = ruleFor(
  "log-groups-have-a-retention",
  LOG_GROUP,
  z.object({ retentionInDays: z.number().optional() }),
  ({ retentionInDays = 0 }) =>
    unless(retentionInDays > 0, "must have a retention: by default lines are kept forever"),
);

const functionsLogJson = ruleFor(
  "functions-log-json",
  "aws:lambda/function:Function",
  z.object({
    loggingConfig: z.object({ logFormat: z.string(), logGroup: z.string() }).optional(),
    tracingConfig: z.object({ mode: z.string() }).optional(),
  }),
  ({ loggingConfig, tracingConfig }, graph) => [
    ...unless(loggingConfig?.logFormat === "JSON", "must log JSON"),
    ...unless(
      allOf(graph, LOG_GROUP).some(({ inputs }) => inputs["name"] === loggingConfig?.logGroup),
      "must log to a log group of this app: another has no retention",
    ),
    ...unless(tracingConfig?.mode === "Active", "must be traced with X-Ray"),
  ],
);

const stagesLogAccess = ruleFor(
  "stages-log-access",
  "aws:apigateway/stage:Stage",
  z.object({
    accessLogSettings: z.object({ format: z.string() }).optional(),
    xrayTracingEnabled: z.boolean().optional(),
  }),
  ({ accessLogSettings, xrayTracingEnabled }) => [
    ...(accessLogSettings === undefined
      ? ["must have an access log"]
      : wrongFormat(accessLogSettings.format)),
    ...unless(xrayTracingEnabled === true, "must be traced with X-Ray"),
  ],
);

/** Variables with a claim other than the subject, the user agent, or a quotation of the body. */
const personalData =
  /\$context\.(?:authorizer\.claims\.(?!sub\b)|error\.validationErrorString|identity\.userAgent|authorizer\.claims\b(?!\.))|\$input/;

function wrongFormat(format: string): string[] {
  return [
    ...unless(isObject(readJson(format)), "must log one JSON object per request"),
    ...unless(!personalData.test(format), "must log nothing about the user but the subject"),
  ];
}

const isObject = (value: unknown) => z.record(z.string(), z.unknown()).safeParse(value).success;

const noDataTraces = ruleFor(
  "no-data-traces",
  "aws:apigateway/methodSettings:MethodSettings",
  z.object({
    settings: z.object({
      metricsEnabled: z.boolean().optional(),
      dataTraceEnabled: z.boolean().optional(),
      loggingLevel: z.string().optional(),
    }),
  }),
  ({ settings: { metricsEnabled, dataTraceEnabled, loggingLevel } }) => [
    ...unless(metricsEnabled === true, "must have metrics"),
    ...unless(loggingLevel === "ERROR", "must log only errors"),
    ...unless(dataTraceEnabled !== true, "must not trace data: requests contain tokens and names"),
  ],
);

/** Every rule about logs. */
export const logRules: readonly Rule[] = [
  logGroupsHaveARetention,
  functionsLogJson,
  stagesLogAccess,
  noDataTraces,
];
