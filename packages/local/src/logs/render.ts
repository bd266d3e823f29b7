/** Shows a log event to a person: one line on a terminal, the stack of an error below it. */
import { escapeForTerminal } from "./escape.ts";
import type { FirewallLine } from "./firewall-line.ts";
import type { LogEvent } from "./log-groups.ts";
import { parseLine, type ApplicationLine, type Report } from "./parse.ts";

/** One column for all names; a longer one takes the room that it needs. */
const NAME_WIDTH = 16;

/**
 * The name that SST gives a function: `app-stage-NameFunction-suffix`; `Name` is what one reads. The
 * suffix is made of these letters alone (SST's `PRETTY_CHARS`).
 */
const SST_NAME = /(?:^|-)([A-Za-z0-9]+?)(?:Function)?-[abcdefhkmnorstuvwxz]{8}$/;

/** Where SNS logs what it could not deliver; the topic is what one looks for. */
const SNS_FAILURES = /^sns\/[^/]+\/[^/]+\/([^/]+)\/Failure$/;

type Style = "dim" | "red" | "yellow" | "cyan";
const CODES: Readonly<Record<Style, number>> = { dim: 2, red: 31, yellow: 33, cyan: 36 };
const LEVEL_STYLES: Readonly<Record<string, Style>> = {
  TRACE: "dim",
  DEBUG: "dim",
  WARN: "yellow",
  ERROR: "red",
  FATAL: "red",
};

type Paint = (style: Style, text: string) => string;

/** How events are shown. */
export interface RenderOptions {
  readonly color: boolean;
  /** What SST begins names with, `APP-STAGE-`: nobody needs to read it in every line. */
  readonly prefix: string;
}

/**
 * Renders an event in local time, without a newline at its end; undefined for events that are not
 * worth a line (the start of an invocation). Nothing in an event can color the terminal, move its
 * cursor or begin a line: control characters come out escaped. With `color` false the text holds
 * no escape sequence at all.
 */
export function renderLogEvent(
  event: LogEvent,
  { color, prefix }: RenderOptions,
): string | undefined {
  const paint: Paint = (style, text) =>
    color ? `\u001b[${String(CODES[style])}m${text}\u001b[0m` : text;
  const parsed = parseLine(event.message);
  if (parsed.kind === "start") return undefined;
  const name = escapeForTerminal(shortName(event.group, prefix)).padEnd(NAME_WIDTH);
  const head = `${paint("dim", localTime(event.timestamp))} ${paint("cyan", name)}`;
  if (parsed.kind === "report") return `${head} ${renderReport(parsed.report, paint)}`;
  if (parsed.kind === "firewall") return `${head} ${renderFirewallLine(parsed.line, paint)}`;
  return renderApplicationLine(head, parsed.line, paint);
}

function renderReport(report: Report, paint: Paint): string {
  const { durationMs, memorySizeMB, initDurationMs, problem } = report;
  const parts = [`${durationMs.toFixed(0)} ms, ${String(memorySizeMB)} MB`];
  if (initDurationMs !== undefined) parts.push(`cold ${initDurationMs.toFixed(0)} ms`);
  const line = paint("dim", parts.join(", "));
  return problem === undefined ? line : `${line} ${paint("red", escapeForTerminal(problem))}`;
}

function renderFirewallLine({ action, request, rules }: FirewallLine, paint: Paint): string {
  const text = escapeForTerminal([action, request, ...rules].join(" "));
  return paint(action === "ALLOW" ? "dim" : "red", text);
}

function renderApplicationLine(head: string, line: ApplicationLine, paint: Paint): string {
  const parts = [head];
  const level = escapeForTerminal(line.level);
  if (level !== "INFO") parts.push(paint(LEVEL_STYLES[level] ?? "cyan", level));
  if (line.text !== "") parts.push(escapeForTerminal(line.text));
  const fields = Object.entries(line.fields).map(([key, value]) => `${key}=${fieldValue(value)}`);
  if (fields.length > 0) parts.push(paint("dim", escapeForTerminal(fields.join(" "))));
  const stack = line.stack.map((frame) => paint("dim", `    ${escapeForTerminal(frame.trim())}`));
  return [parts.join(" "), ...stack].join("\n");
}

/** A bare string stays bare unless a reader could mistake where it ends. */
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
