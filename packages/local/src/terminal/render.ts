/** Renders a log event for a terminal: one line, with the stack of an error below it. */
import type { AccessLine } from "./access-line.ts";
import type { FirewallLine } from "./firewall-line.ts";
import type { LogEvent } from "../services/cloudwatch-logs/log-groups.ts";
import { escapeForTerminal } from "../text/escape.ts";
import { parseLine, type ApplicationLine, type Report } from "./parse.ts";

/** The column width of names; a longer name is not cut. */
const NAME_WIDTH = 16;

/**
 * The name that SST gives a function, `app-stage-NameFunction-suffix`, of which `Name` is shown. The
 * suffix consists of these letters (SST's `PRETTY_CHARS`).
 */
const SST_NAME = /(?:^|-)([A-Za-z0-9]+?)(?:Function)?-[abcdefhkmnorstuvwxz]{8}$/;

/** The log group of SNS's failed deliveries, of which the topic is shown. */
const SNS_FAILURES = /^sns\/[^/]+\/[^/]+\/([^/]+)\/Failure$/;

type Style = "dim" | "red" | "yellow" | "cyan";
const LEVEL_STYLES: Readonly<Record<string, Style>> = {
  TRACE: "dim",
  DEBUG: "dim",
  WARN: "yellow",
  ERROR: "red",
  FATAL: "red",
};

/** How events are rendered. */
export interface RenderOptions {
  /** Styles a text, or returns it unchanged where styles are off. */
  readonly style: (style: Style, text: string) => string;
  /** The prefix of SST's names, `APP-STAGE-`, which is left out. */
  readonly prefix: string;
}

/**
 * Renders an event in local time, without a newline at its end; undefined for events that are not
 * shown: the start of an invocation, and ordinary requests in the firewall's log. Nothing in an event
 * can color the terminal, move its cursor or begin a line: control characters are escaped.
 */
export function renderLogEvent(
  event: LogEvent,
  { style: paint, prefix }: RenderOptions,
): string | undefined {
  const parsed = parseLine(event);
  if (parsed.kind === "start") return undefined;
  if (parsed.kind === "firewall" && parsed.line.isOrdinary) return undefined;
  const name = escapeForTerminal(shortName(event.group, prefix)).padEnd(NAME_WIDTH);
  const head = `${paint("dim", localTime(event.timestamp))} ${paint("cyan", name)}`;
  if (parsed.kind === "report") return `${head} ${renderReport(parsed.report, paint)}`;
  if (parsed.kind === "firewall") return `${head} ${renderFirewallLine(parsed.line, paint)}`;
  if (parsed.kind === "access") return `${head} ${renderAccessLine(parsed.line, paint)}`;
  return renderApplicationLine(head, parsed.line, paint);
}

function renderReport(report: Report, paint: RenderOptions["style"]): string {
  const { durationMs, memorySizeMB, initDurationMs, problem } = report;
  const parts = [`${durationMs.toFixed(0)} ms, ${String(memorySizeMB)} MB`];
  if (initDurationMs !== undefined) parts.push(`cold ${initDurationMs.toFixed(0)} ms`);
  const line = paint("dim", parts.join(", "));
  return problem === undefined ? line : `${line} ${paint("red", escapeForTerminal(problem))}`;
}

function renderFirewallLine(
  { action, request, rules }: FirewallLine,
  paint: RenderOptions["style"],
): string {
  const text = escapeForTerminal([action, request, ...rules].join(" "));
  return paint(action === "ALLOW" ? "yellow" : "red", text);
}

/** Enough of a request id to find it in the output of `--json`. */
const ID_LENGTH = 8;

function renderAccessLine(line: AccessLine, paint: RenderOptions["style"]): string {
  const { method, resource, status, latencyMs, requestId, errors } = line;
  const parts = [
    method,
    resource,
    String(status),
    ...(latencyMs === undefined ? [] : [`${String(latencyMs)} ms`]),
    ...errors,
    ...(requestId === undefined ? [] : [`request ${requestId.slice(0, ID_LENGTH)}`]),
  ];
  return paint(styleOfStatus(status), escapeForTerminal(parts.join(" ")));
}

function styleOfStatus(status: number): Style {
  if (status >= 500) return "red";
  return status >= 400 ? "yellow" : "dim";
}

function renderApplicationLine(
  head: string,
  line: ApplicationLine,
  paint: RenderOptions["style"],
): string {
  const parts = [head];
  const level = escapeForTerminal(line.level);
  if (level !== "INFO") parts.push(paint(LEVEL_STYLES[level] ?? "cyan", level));
  if (line.text !== "") parts.push(escapeForTerminal(line.text));
  const fields = Object.entries(line.fields).map(([key, value]) => `${key}=${fieldValue(value)}`);
  if (fields.length > 0) parts.push(paint("dim", escapeForTerminal(fields.join(" "))));
  const stack = line.stack.map((frame) => paint("dim", `    ${escapeForTerminal(frame.trim())}`));
  return [parts.join(" "), ...stack].join("\n");
}

/** A string is quoted only where its end would be ambiguous. */
function fieldValue(value: unknown): string {
  return typeof value === "string" && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}

function shortName(group: string, prefix: string): string {
  if (group.startsWith("aws-waf-logs-")) return "Firewall";
  const name = SNS_FAILURES.exec(group)?.[1] ?? group.split("/").at(-1) ?? group;
  const start = name.indexOf(prefix);
  const own = start < 0 ? name : name.slice(start + prefix.length);
  return SST_NAME.exec(own)?.[1] ?? own;
}

function localTime(timestamp: number): string {
  const at = new Date(timestamp);
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()];
  const padded = clock.map((part) => String(part).padStart(2, "0"));
  return `${padded.join(":")}.${String(at.getMilliseconds()).padStart(3, "0")}`;
}
