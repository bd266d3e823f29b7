/** Renders a log event for a terminal: one line, with the stack of an error below it. */
import type { AccessLine } from "./access-line.ts";
import { rulesToShow, type FirewallLine } from "./firewall-line.ts";
import type { LogEvent } from "../services/cloudwatch-logs/log-groups.ts";
import { escapeForTerminal } from "../text/escape.ts";
import { lineHead, nameOfGroup, type RenderOptions, type Style } from "./line-head.ts";
import { parseLine, type ApplicationLine, type Report } from "./parse.ts";

const LEVEL_STYLES: Readonly<Record<string, Style>> = {
  TRACE: "dim",
  DEBUG: "dim",
  WARN: "yellow",
  ERROR: "red",
  FATAL: "red",
};

/** How events are rendered. */
export interface EventOptions extends RenderOptions {
  /** Whether a rule of the firewall only counts the requests of some networks. */
  readonly countsNetworks: (rule: string) => boolean;
}

/**
 * Renders an event in local time, without a newline at its end; undefined for events that are not
 * shown: the start of an invocation, and what the firewall let pass without a rule to show. Nothing in an event
 * can color the terminal, move its cursor or begin a line: control characters are escaped.
 */
export function renderLogEvent(event: LogEvent, options: EventOptions): string | undefined {
  const { style: paint, prefix, countsNetworks } = options;
  const parsed = parseLine(event);
  if (parsed.kind === "start") return undefined;
  const head = lineHead(event.timestamp, nameOfGroup(event.group, prefix), options);
  if (parsed.kind === "report") return `${head} ${renderReport(parsed.report, paint)}`;
  if (parsed.kind === "firewall") {
    const rules = rulesToShow(parsed.line, countsNetworks);
    if (parsed.line.action === "ALLOW" && rules.length === 0) return undefined;
    return `${head} ${renderFirewallLine(parsed.line, rules, paint)}`;
  }
  if (parsed.kind === "access") {
    return `${head} ${renderAccessLine(parsed.line, event.sentPath, paint)}`;
  }
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
  { action, request }: FirewallLine,
  rules: readonly string[],
  paint: RenderOptions["style"],
): string {
  const text = escapeForTerminal([action, shorten(request), ...rules].join(" "));
  return paint(action === "ALLOW" ? "yellow" : "red", text);
}

/** Enough of a request id to find it in the output of `--json`. */
const ID_LENGTH = 8;

/** The most of a path that is shown, which can have kilobytes. */
const PATH_LENGTH = 100;

function shorten(path: string): string {
  return path.length > PATH_LENGTH ? `${path.slice(0, PATH_LENGTH)}…` : path;
}

function renderAccessLine(
  line: AccessLine,
  sentPath: string | undefined,
  paint: RenderOptions["style"],
): string {
  const { method, resource, status, latencyMs, requestId, errors } = line;
  // Where no resource matched, or the function knows no such route, the path shows what was mistyped.
  const isUnknown = resource === "-" || status === 404;
  const parts = [
    method,
    isUnknown && sentPath !== undefined ? shorten(sentPath) : resource,
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
