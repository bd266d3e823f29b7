/** The beginning of every line of a log on a terminal: the local time, and who tells. */
import { executionLogPrefix } from "../services/api-gateway/execute-api/execution-log.ts";
import { escapeForTerminal } from "../text/escape.ts";

export type Style = "dim" | "red" | "yellow" | "cyan";

/** How lines are rendered. */
export interface RenderOptions {
  /** Styles a text, or returns it unchanged where styles are off. */
  readonly style: (style: Style, text: string) => string;
  /** The prefix of SST's names, `APP-STAGE-`, which is left out. */
  readonly prefix: string;
}

/** The column width of names; a longer name is not cut. */
const NAME_WIDTH = 16;

/**
 * The name that SST gives a function, `app-stage-NameFunction-suffix`, of which `Name` is shown. The
 * suffix consists of these letters (SST's `PRETTY_CHARS`).
 */
const SST_NAME = /(?:^|-)([A-Za-z0-9]+?)(?:Function)?-[abcdefhkmnorstuvwxz]{8}$/;

/** The log group of SNS's failed deliveries, of which the topic is shown. */
const SNS_FAILURES = /^sns\/[^/]+\/[^/]+\/([^/]+)\/Failure$/;

/** The beginning of a line: `09:05:07.043 InternalLambda  `. */
export function lineHead(timestamp: number, name: string, { style }: RenderOptions): string {
  const shown = escapeForTerminal(name).padEnd(NAME_WIDTH);
  return `${style("dim", localTime(timestamp))} ${style("cyan", shown)}`;
}

/** Who writes to a log group. */
export function nameOfGroup(group: string, prefix: string): string {
  if (group.startsWith("aws-waf-logs-")) return "Firewall";
  if (group.startsWith(executionLogPrefix)) return "Api";
  return shortName(SNS_FAILURES.exec(group)?.[1] ?? group.split("/").at(-1) ?? group, prefix);
}

/** The name of a resource in the app, without what SST adds to it. */
export function shortName(name: string, prefix: string): string {
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
