/** Execution logs: what the gateway did with a request, at the level of its method (APIGW/rest-api-execution-logging). */
import { hash } from "node:crypto";
import type { LogEvent } from "../../cloudwatch-logs/log-groups.ts";
import { logSettingsOf } from "../store/method-settings.ts";
import type { ErrorKind } from "./gateway-error.ts";
import { errorLines } from "./execution-errors.ts";
import { executionLines } from "./execution-lines.ts";
import type { FinishedRequest } from "./finished-request.ts";
import { redact } from "./redact.ts";

/** How the names of their log groups begin. */
export const executionLogPrefix = "API-Gateway-Execution-Logs_";

const LINE_LIMIT = 1024;

/** Headers that hold credentials, besides the one that the authorizer reads. */
const secretHeaders = ["authorization", "proxy-authorization", "x-api-key", "cookie"];

/** Requests with these errors have no line (documented: APIGW/rest-api-monitor; the 503 is our own). */
const unlogged = new Set<ErrorKind>(["requestTooLarge", "bodiesTooLarge", "internalFailure"]);

/**
 * The events of a request that is over; none where no method was found (documented:
 * REPOST/api-gateway-missing-cloudwatch-logs).
 */
export async function executionEvents(request: FinishedRequest, now: number): Promise<LogEvent[]> {
  const { context, stage } = request;
  const lines = await linesOf(request);
  if (lines.length === 0) return [];
  const secrets = secretsOf(request);
  const place = { group: groupOf(stage), stream: hash("md5", stage.arn), timestamp: now };
  return lines.map((line) => ({
    ...place,
    message: `(${context.requestId}) ${truncate(withoutSecrets(line, secrets))}`,
  }));
}

/** At `ERROR` only the lines about an error (documented; which lines those are is assumed). */
async function linesOf(request: FinishedRequest): Promise<readonly string[]> {
  const { context, stage, error, response } = request;
  const route = context.route;
  if (!route || (error && unlogged.has(error.kind))) return [];
  const { resourcePath, method } = route;
  const settings = logSettingsOf(stage.methodSettings, resourcePath, method.httpMethod);
  const { loggingLevel = "OFF", dataTraceEnabled = false } = settings;
  if (loggingLevel === "OFF") return [];
  if (loggingLevel === "ERROR") return error ? errorLines(request, error) : [];
  return executionLines(request, dataTraceEnabled ? await textOf(response) : undefined);
}

/** The body, which is still there for the client. */
function textOf(response: Response): Promise<string> {
  return response.clone().text();
}

/** Each stage has one; CloudWatch Logs creates it, without a retention, where the graph does not. */
function groupOf({ restApiId, stageName }: FinishedRequest["stage"]): string {
  return `${executionLogPrefix}${restApiId}/${stageName}`;
}

/** Documented; that the limit is without the request's id and this end is recorded. */
function truncate(line: string): string {
  if (Buffer.byteLength(line) <= LINE_LIMIT) return line;
  const bytes = Buffer.from(line).subarray(0, LINE_LIMIT);
  return `${new TextDecoder().decode(bytes, { stream: true })} [TRUNCATED]`;
}

/** The values of the request's headers that hold credentials. */
function secretsOf({ request, stage, context }: FinishedRequest): readonly string[] {
  const authorization = context.route?.method.authorization;
  const authorizer =
    authorization?.type === "COGNITO_USER_POOLS"
      ? stage.api.authorizers.get(authorization.authorizerId)?.header
      : undefined;
  return [...secretHeaders, ...(authorizer === undefined ? [] : [authorizer])]
    .map((name) => request.header(name) ?? "")
    .filter((value) => value !== "");
}

/** Wherever they occur: on AWS the function's event has them in plain text (recorded). */
function withoutSecrets(line: string, secrets: readonly string[]): string {
  return secrets.reduce((text, secret) => text.replaceAll(secret, redact(secret)), line);
}
