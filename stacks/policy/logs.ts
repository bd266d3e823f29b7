/** Rules about logs: they are written, kept for a time, and hold no token and no name. */
import * as z from "zod";
import { allOf, type Rule, ruleFor, unless } from "./graph.ts";
import { readJson } from "./json.ts";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

const logsAreKeptForATime = ruleFor(
  "logs-are-kept-for-a-time",
  LOG_GROUP,
  z.object({ retentionInDays: z.number().optional() }),
  ({ retentionInDays = 0 }) => unless(retentionInDays > 0, "keeps its lines for ever"),
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
      "must log to a log group of this app: another keeps its lines for ever",
    ),
    ...unless(tracingConfig?.mode === "Active", "must be traced"),
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
      ? ["must log who called it"]
      : wrongFormat(accessLogSettings.format)),
    ...unless(xrayTracingEnabled === true, "must be traced"),
  ],
);

/** Variables that hold a token, a name or an address, or quote the body. */
const personal =
  /\$context\.(?:authorizer\.claims\.(?!sub\b)|error\.validationErrorString|identity\.userAgent|authorizer\.claims\b(?!\.))|\$input/;

function wrongFormat(format: string): string[] {
  return [
    ...unless(isObject(readJson(format)), "must log one JSON object a request"),
    ...unless(!personal.test(format), "must log no more of the caller than the subject"),
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
    ...unless(metricsEnabled === true, "must be measured"),
    ...unless(loggingLevel === "ERROR", "must log errors alone"),
    ...unless(dataTraceEnabled !== true, "must not log requests: tokens and names are in them"),
  ],
);

/** Every rule about logs. */
export const logRules: readonly Rule[] = [
  logsAreKeptForATime,
  functionsLogJson,
  stagesLogAccess,
  noDataTraces,
];
