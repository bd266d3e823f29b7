/** Renders a log event for a terminal: one line, with the stack of an error below it. */
import { executionLogPrefix } from "../services/api-gateway/execute-api/execution-log.ts";
import { accessLogStream } from "../services/api-gateway/execute-api/access-log.ts";
import type { AccessLine } from "./access-line.ts";
import { rulesToShow, type FirewallLine } from "./firewall-line.ts";
import type { LogEvent } from "../services/cloudwatch-logs/log-groups.ts";
import { escapeForTerminal } from "../text/escape.ts";
import { lineHead, nameOfGroup, type RenderOptions, type Style } from "./line-head.ts";
import type { RequestTexts } from "./request-end.ts";
import { idOfRequest, renderRequestLine } from "./request-line.ts";
import { shorten } from "./shorten.ts";
import { parseLine, type ApplicationLine, type Report } from "./parse.ts";

const LEVEL_STYLES: Readonly<Record<string, Style>> = {
  TRACE: "dim",
  DEBUG: "dim",
  WARN: "yellow",
  ERROR: "red",
  FATAL: "red",
};

/** A line of an execution log begins with the request's id, where other lines end with it. */
const executionLine = /^\((?<id>[\da-f-]{36})\) (?<text>[^]*)$/;

/** How events are rendered. */
export interface EventOptions extends RenderOptions {
  /** Whether a rule of the firewall only counts the requests of some networks. */
  readonly countsNetworks: (rule: string) => boolean;
  /**
   * Whether each request is shown already, with what stopped it: its line of the access log is not then,
   * nor SNS's of a failed delivery, of which the local cloud has a line in words.
   */
  readonly showsRequests?: boolean;
  /** As what a request of a route is served, such as `greeted`. */
  readonly servedAs?: RequestTexts["servedAs"];
}

/**
 * Renders an event in local time, without a newline at its end; undefined for events that are not
 * shown: the start of an invocation, what the firewall let pass without a rule to show, SNS's samples of
 * deliveries, and requests and failed deliveries that are shown already. Nothing in an event can color the terminal, move its cursor or begin a line: control
 * characters are escaped.
 */
export function renderLogEvent(event: LogEvent, options: EventOptions): string | undefined {
  const { style: paint, prefix, countsNetworks, showsRequests = false, servedAs } = options;
  if (showsRequests && event.stream === accessLogStream) return undefined;
  const parsed = parseLine(event);
  if (parsed.kind === "start") return undefined;
  const head = lineHead(event.timestamp, nameOfGroup(event.group, prefix), options);
  const execution = executionLine.exec(event.message)?.groups;
  if (event.group.startsWith(executionLogPrefix) && execution !== undefined) {
    const { id = "", text = "" } = execution;
    return `${head} ${escapeForTerminal(text)} ${paint("dim", idOfRequest(id))}`;
  }
  if (parsed.kind === "report") return `${head} ${renderReport(parsed.report, paint)}`;
  if (parsed.kind === "firewall") {
    const rules = rulesToShow(parsed.line, countsNetworks);
    const isAllowed = parsed.line.action === "ALLOW";
    if (isAllowed ? rules.length === 0 : showsRequests) return undefined;
    return `${head} ${renderFirewallLine(parsed.line, rules, paint)}`;
  }
  if (parsed.kind === "access") {
    const { resource, ...line } = parsed.line;
    const path = resource === "-" ? "(no resource)" : resource;
    return `${head} ${renderRequestLine({ ...line, path, end: endOf(parsed.line, servedAs) }, paint)}`;
  }
  if (parsed.kind === "delivery") {
    const { failed, text, messageId } = parsed.line;
    if (showsRequests || !failed) return undefined;
    const line = { level: "ERROR", text, fields: { messageId }, stack: [] };
    return renderApplicationLine(head, line, paint);
  }
  return renderApplicationLine(head, parsed.line, paint);
}

/** As what it was served; or API Gateway's error, without which the error is the function's own. */
function endOf(
  { status, resource, errors }: AccessLine,
  servedAs: EventOptions["servedAs"],
): string {
  if (status < 400) return servedAs?.(resource) ?? "";
  if (errors === undefined) return "";
  return errors.length === 0 ? "function" : errors.join(" ");
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
