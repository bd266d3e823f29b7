/**
 * The platform log lines of an invocation. JSON: recorded, with the schema of
 * LAMBDA/telemetry-schema-reference. Text: documented. The memory used is the peak of the
 * environment's process, on Linux only; AWS counts the whole environment.
 */
import type { RuntimeError } from "../in-child/frames.ts";
import { textLine } from "../in-child/log-line.ts";
import type { FunctionSettings } from "../functions/function.ts";
import type { InvocationResult } from "../invocations/invocation.ts";

/** The measurements of an invocation, in milliseconds. */
export interface Measured {
  readonly durationMs: number;
  /** In MB; undefined where it is unknown. */
  readonly memoryMb: number | undefined;
  /** Only for the first invocation of an environment. */
  readonly initDurationMs?: number | undefined;
}

/** The line at the start of an invocation. */
export function startLine(settings: FunctionSettings, requestId: string, at: Date): string {
  const version = "$LATEST";
  return settings.logFormat === "JSON"
    ? platformEvent("platform.start", at, { requestId, functionArn: settings.arn, version })
    : `START RequestId: ${requestId} Version: ${version}`;
}

/** The lines at the end of an invocation. */
export function reportLines(
  settings: FunctionSettings,
  result: InvocationResult,
  measured: Measured,
  at: Date,
): string[] {
  return settings.logFormat === "JSON"
    ? [jsonReport(settings, result, measured, at)]
    : textReport(settings, result, measured, at);
}

/**
 * The line for an error that the runtime client reported. Lambda's client writes it to the console
 * itself, SST's does not.
 */
export function errorLine(
  settings: FunctionSettings,
  title: "Invoke Error" | "Uncaught Exception",
  requestId: string,
  { errorType, errorMessage, trace }: RuntimeError,
  at: Date,
): string {
  if (settings.logFormat === "JSON") {
    const message = { errorType, errorMessage, stackTrace: trace };
    return JSON.stringify({ timestamp: at.toISOString(), level: "ERROR", requestId, message });
  }
  const text = `\t${JSON.stringify({ errorType, errorMessage, stack: trace })}`;
  return textLine({ timestamp: at, level: "ERROR", requestId }, [title, text]);
}

/** The line for an event that was lost. */
export function lossLine(
  settings: FunctionSettings,
  requestId: string,
  problem: string,
  at: Date,
): string {
  return settings.logFormat === "JSON"
    ? JSON.stringify({ timestamp: at, level: "ERROR", requestId, message: problem })
    : textLine({ timestamp: at, level: "ERROR", requestId }, [problem]);
}

function jsonReport(
  settings: FunctionSettings,
  result: InvocationResult,
  { durationMs, memoryMb, initDurationMs }: Measured,
  at: Date,
): string {
  return platformEvent("platform.report", at, {
    requestId: result.requestId,
    metrics: {
      durationMs: roundMs(durationMs),
      billedDurationMs: billedMs(durationMs, initDurationMs),
      memorySizeMB: settings.memoryMb,
      ...(memoryMb === undefined ? {} : { maxMemoryUsedMB: memoryMb }),
      ...(initDurationMs === undefined ? {} : { initDurationMs: roundMs(initDurationMs) }),
    },
    status: statusOf(result),
    ...(result.ok || result.kind === "timeout" ? {} : { errorType: result.errorType }),
  });
}

function textReport(
  settings: FunctionSettings,
  result: InvocationResult,
  { durationMs, memoryMb, initDurationMs }: Measured,
  at: Date,
): string[] {
  const { requestId } = result;
  const parts = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${String(billedMs(durationMs, initDurationMs))} ms`,
    `Memory Size: ${String(settings.memoryMb)} MB`,
  ];
  if (memoryMb !== undefined) parts.push(`Max Memory Used: ${String(memoryMb)} MB`);
  if (initDurationMs !== undefined) parts.push(`Init Duration: ${initDurationMs.toFixed(2)} ms`);
  if (!result.ok) parts.push(`Status: ${statusOf(result)}`);
  if (!result.ok && result.kind !== "timeout") parts.push(`Error Type: ${result.errorType}`);
  const lines = [`END RequestId: ${requestId}`, parts.join("\t")];
  if (result.ok || result.kind !== "timeout") return lines;
  const seconds = settings.timeoutSeconds.toFixed(2);
  return [`${at.toISOString()} ${requestId} Task timed out after ${seconds} seconds`, ...lines];
}

function platformEvent(type: string, at: Date, record: object): string {
  return JSON.stringify({ time: at.toISOString(), type, record });
}

function statusOf(result: InvocationResult): "success" | "timeout" | "error" {
  if (result.ok) return "success";
  return result.kind === "timeout" ? "timeout" : "error";
}

/** Lambda bills initialization as well (recorded: the sum, rounded up). */
function billedMs(durationMs: number, initDurationMs = 0): number {
  return Math.ceil(durationMs + initDurationMs);
}

function roundMs(value: number): number {
  return Math.round(value * 1000) / 1000;
}
