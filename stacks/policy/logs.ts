/** Rules about logs: written as JSON, with a retention, and without tokens and names. */
import * as z from "zod";
import { functionWithVariables } from "./code.ts";
import { allOf, ruleFor, unless } from "./graph.ts";
import { readJson } from "./json.ts";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

const logGroupsHaveARetention = ruleFor(
  "log-groups-have-a-retention",
  LOG_GROUP,
  z.object({ retentionInDays: z.number().optional(), logGroupClass: z.string().optional() }),
  ({ retentionInDays = 0, logGroupClass }) => [
    ...unless(retentionInDays > 0, "must have a retention: by default lines are kept forever"),
    // The class keeps lines for a day, whatever the retention (documented: LOGS-API/CreateLogGroup).
    ...unless(logGroupClass !== "DELIVERY", "must not be of the class DELIVERY"),
  ],
);

/** Lambda's default (documented: LAMBDA/monitoring-cloudwatchlogs-log-level): below it are details, above it lines are lost. */
const LEVEL = "INFO";

const functionsLogJson = ruleFor(
  "functions-log-json",
  "aws:lambda/function:Function",
  z.object({
    loggingConfig: z
      .object({
        logFormat: z.string(),
        logGroup: z.string(),
        applicationLogLevel: z.string().default(LEVEL),
        systemLogLevel: z.string().default(LEVEL),
      })
      .optional(),
    tracingConfig: z.object({ mode: z.string() }).optional(),
  }),
  ({ loggingConfig, tracingConfig }, graph) => [
    ...unless(loggingConfig?.logFormat === "JSON", "must log JSON"),
    ...unless(
      [loggingConfig?.applicationLogLevel, loggingConfig?.systemLogLevel].every(
        (level) => level === LEVEL,
      ),
      `must log at level ${LEVEL}: others have details of requests, or leave lines out`,
    ),
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

/** Without them, no one can tell whose callers a newer TLS policy would shut out. */
const ofTheConnection = ["$context.tlsVersion", "$context.cipherSuite"];

/**
 * The variables that repeat nothing of a request but its method, the caller's address and a verified
 * subject. Others do: `path`, `identity.apiKey`, `identity.userAgent`, claims; `error.message` quotes
 * an Authorization header (reported: kouhan.cn), and `error.validationErrorString` the body.
 */
const loggable = new Set([
  ...ofTheConnection,
  "$context.apiId",
  "$context.authorize.status",
  "$context.authorizer.claims.sub",
  "$context.authorizer.latency",
  "$context.error.responseType",
  "$context.extendedRequestId",
  "$context.httpMethod",
  "$context.identity.apiKeyId",
  "$context.identity.sourceIp",
  "$context.integration.latency",
  "$context.integration.status",
  "$context.requestId",
  "$context.requestTime",
  "$context.resourcePath",
  "$context.responseLatency",
  "$context.responseLength",
  "$context.stage",
  "$context.status",
  "$context.waf.latency",
  "$context.waf.status",
  "$context.wafResponseCode",
  "$context.xrayTraceId",
]);

function wrongFormat(format: string): string[] {
  const variables: readonly string[] = format.match(/\$[\w.{}]*/g) ?? [];
  return [
    ...unless(isObject(readJson(format)), "must log one JSON object per request"),
    ...ofTheConnection
      .filter((variable) => !variables.includes(variable))
      .map((variable) => `must log ${variable}: how a caller's connection is encrypted`),
    ...variables
      .filter((variable) => !loggable.has(variable))
      .map((variable) => `must not log ${variable}: only what repeats nothing of a request`),
  ];
}

const isObject = (value: unknown) => z.record(z.string(), z.unknown()).safeParse(value).success;

const noDataTraces = ruleFor(
  "no-data-traces",
  "aws:apigateway/methodSettings:MethodSettings",
  z.object({
    settings: z.object({
      dataTraceEnabled: z.boolean().optional(),
      loggingLevel: z.string().optional(),
    }),
  }),
  ({ settings: { dataTraceEnabled, loggingLevel } }) => [
    ...unless(loggingLevel === "ERROR", "must log only errors"),
    ...unless(dataTraceEnabled !== true, "must not trace data: requests contain tokens and names"),
  ],
);

/** Node's own logs of its modules have the headers of requests. */
const functionsTraceNothing = ruleFor(
  "no-data-traces",
  "aws:lambda/function:Function",
  functionWithVariables,
  ({ environment }) =>
    ["NODE_DEBUG", "NODE_DEBUG_NATIVE"]
      .filter((name) => environment?.variables[name] !== undefined)
      .map((name) => `must not set ${name}, which logs what requests hold`),
);

/** API Gateway creates a group that is not there, and keeps its lines for ever. */
const executionLogsAreKept = ruleFor(
  "no-data-traces",
  "aws:apigateway/stage:Stage",
  z.object({ restApi: z.string(), stageName: z.string() }),
  ({ restApi, stageName }, graph) => {
    const group = `API-Gateway-Execution-Logs_${restApi}/${stageName}`;
    return unless(
      allOf(graph, LOG_GROUP).some(({ inputs }) => inputs["name"] === group),
      `must write its errors to a log group of this app, ${group}: another has no retention`,
    );
  },
);

/** Every rule about logs. */
export const logRules = [
  logGroupsHaveARetention,
  functionsLogJson,
  stagesLogAccess,
  noDataTraces,
  functionsTraceNothing,
  executionLogsAreKept,
];
