/** Parses log lines of functions, Lambda's platform, the firewall, APIs and user pools, as JSON or text. */
import * as z from "zod";
import { accessLogStream } from "../services/api-gateway/execute-api/access-log.ts";
import { readAccessLine, type AccessLine } from "./access-line.ts";
import { readFirewallLine, type FirewallLine } from "./firewall-line.ts";
import { readActivityLine } from "./activity-line.ts";
import { readDeliveryLine, type DeliveryLine } from "./delivery-line.ts";
import type { LogEvent } from "../services/cloudwatch-logs/log-groups.ts";

/** A parsed log line. */
type ParsedLine =
  | { readonly kind: "start" }
  | { readonly kind: "report"; readonly report: Report }
  | { readonly kind: "firewall"; readonly line: FirewallLine }
  | { readonly kind: "access"; readonly line: AccessLine }
  | { readonly kind: "delivery"; readonly line: DeliveryLine }
  | { readonly kind: "application"; readonly line: ApplicationLine };

/** A platform report, in milliseconds and megabytes. */
export interface Report {
  readonly durationMs: number;
  readonly memorySizeMB: number;
  readonly initDurationMs?: number | undefined;
  /** `timeout`, `error` …; absent when the invocation succeeded. */
  readonly problem?: string | undefined;
}

/** A line that the function itself logged. */
export interface ApplicationLine {
  readonly level: string;
  readonly text: string;
  /** The other fields of the line, without the envelope's timestamp and request id. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The lines of an error's stack; empty without an error. */
  readonly stack: readonly string[];
}

const metrics = z.object({
  durationMs: z.number(),
  memorySizeMB: z.number(),
  initDurationMs: z.number().optional(),
});
const platformReport = z.object({
  type: z.literal("platform.report"),
  record: z.object({ status: z.string(), metrics }),
});
const platformStart = z.object({ type: z.literal("platform.start") });
const anyObject = z.record(z.string(), z.unknown());
const loggedError = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  stackTrace: z.array(z.string()).default([]),
});

/** An error's places, as a field that an app logs by itself. */
const loggedStack = z.looseObject({ stack: z.array(z.string().startsWith("at ")).min(1) });

const TEXT_LINE = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[^\t]*\t([A-Z]+)\t([^]*)$/;
const TEXT_REPORT =
  /^REPORT RequestId: \S+\tDuration: ([\d.]+) ms\t.*?Memory Size: (\d+) MB(?:.*?Init Duration: ([\d.]+) ms)?(?:.*?Status: (\w+))?/;
const TEXT_FRAME = /^(?:START|END) RequestId: /;

/** Parses a line; one in neither format is an application line of level INFO. */
export function parseLine({ message, stream }: Pick<LogEvent, "message" | "stream">): ParsedLine {
  const json = parseObject(message);
  if (json !== undefined) return parseJsonLine(json, stream);
  if (TEXT_FRAME.test(message)) return { kind: "start" };
  const report = TEXT_REPORT.exec(message);
  if (report !== null) return { kind: "report", report: textReport(report) };
  const [, level = "INFO", text = message] = TEXT_LINE.exec(message) ?? [];
  return { kind: "application", line: { level, text: text.trimEnd(), fields: {}, stack: [] } };
}

function parseJsonLine(json: Record<string, unknown>, stream: string): ParsedLine {
  if (platformStart.safeParse(json).success) return { kind: "start" };
  const report = platformReport.safeParse(json);
  if (report.success) {
    const { status, metrics: measured } = report.data.record;
    const problem = status === "success" ? undefined : status;
    return { kind: "report", report: { ...measured, problem } };
  }
  const firewall = readFirewallLine(json);
  if (firewall !== undefined) return { kind: "firewall", line: firewall };
  const access = stream === accessLogStream ? readAccessLine(json) : undefined;
  if (access !== undefined) return { kind: "access", line: access };
  const delivery = readDeliveryLine(json);
  if (delivery !== undefined) return { kind: "delivery", line: delivery };
  return { kind: "application", line: readActivityLine(json) ?? applicationLine(json) };
}

function applicationLine(json: Record<string, unknown>): ApplicationLine {
  const { timestamp: _time, level, requestId: _requestId, message, ...beside } = json;
  const inner = anyObject.safeParse(message);
  const { message: innerText, ...innerFields } = inner.success ? inner.data : { message };
  const fields = { ...beside, ...innerFields };
  const error = loggedError.safeParse(fields);
  const stated = innerText === undefined ? "" : textOf(innerText);
  const base = { level: typeof level === "string" ? level : "INFO" };
  if (!error.success) {
    const { stack = [], ...rest } = loggedStack.safeParse(fields).data ?? {};
    return { ...base, text: stated, fields: stack.length > 0 ? rest : fields, stack };
  }
  const { errorType, errorMessage, stackTrace } = error.data;
  const { errorType: _t, errorMessage: _m, stackTrace: _s, ...rest } = fields;
  const summary = `${errorType}: ${errorMessage}`;
  // A stack begins with the summary again, on as many lines as the message has.
  const stack = stackTrace.filter((line) => line.trimStart().startsWith("at "));
  return { ...base, text: joinOnce(stated, summary), fields: rest, stack };
}

/** `console.error("failed", error)` has the error in its text already. */
function joinOnce(stated: string, summary: string): string {
  if (stated === "" || stated.startsWith(summary)) return summary;
  const [firstLine = ""] = stated.split("\n");
  return firstLine.includes(summary) ? firstLine : `${firstLine} ${summary}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function textReport([, duration, memory, init, problem]: RegExpExecArray): Report {
  return {
    durationMs: Number(duration),
    memorySizeMB: Number(memory),
    initDurationMs: init === undefined ? undefined : Number(init),
    problem,
  };
}

function parseObject(message: string): Record<string, unknown> | undefined {
  if (!message.startsWith("{")) return undefined;
  try {
    return anyObject.safeParse(JSON.parse(message)).data;
  } catch {
    return undefined;
  }
}
