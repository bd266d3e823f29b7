/** Prints what a local cloud logs and tells while it runs. */
import * as z from "zod";
import type { LocalCloud } from "../local-cloud.ts";
import { executionLogPrefix } from "../services/api-gateway/execute-api/execution-log.ts";
import { createOrderedEvents } from "../terminal/in-order.ts";
import { announcementAsJson, renderAnnouncement } from "../terminal/announcement-line.ts";
import { lineHead } from "../terminal/line-head.ts";
import { renderLogEvent } from "../terminal/render.ts";
import { requestLineOf, type RequestTexts } from "../terminal/request-end.ts";
import { renderRequestLine } from "../terminal/request-line.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { CliOptions } from "./options.ts";

/** How long a line waits for one that was written before it and arrives after it. */
const ORDER_MS = 50;

/** What is streamed, and how. */
export type StreamOptions = Pick<CliOptions, "dev" | "json" | "stage"> & {
  /** What an operator of the app does about a dead letter. */
  readonly deadLetterHelp?: string | undefined;
  readonly servedAs?: RequestTexts["servedAs"];
};

/** What is printed when its turn has come; undefined for nothing. */
interface Told {
  readonly timestamp: number;
  readonly line: () => string | undefined;
}

type StreamedCloud = Pick<LocalCloud, "graph" | "logs" | "announcements" | "requests">;

/**
 * Prints each request, event and announcement from now on: formatted, or with `--json` as it is, one a line. What it
 * returns prints the rest.
 */
export function streamLogs(
  terminal: Terminal,
  cloud: StreamedCloud,
  options: StreamOptions,
): () => void {
  if (options.json) return streamJson(cloud);
  const { dev, stage, deadLetterHelp, servedAs } = options;
  const shown = {
    prefix: namePrefix(cloud, stage),
    style: (style: Parameters<Terminal["style"]>[0], text: string) => terminal.style(style, text),
    countsNetworks: (rule: string) => networkCounters(cloud, stage).includes(rule),
    deadLetterHelp,
    showsRequests: true,
    servedAs,
  };
  const lines = createOrderedEvents(({ line }: Told) => {
    const text = line();
    if (text !== undefined) terminal.line(text);
  }, ORDER_MS);
  cloud.logs.subscribe((event) => {
    // What functions log the CLI of sst dev prints itself.
    if (dev && event.group.startsWith("/aws/lambda/")) return;
    // Its requests have a line each.
    if (event.group.startsWith(executionLogPrefix)) return;
    lines.add({ timestamp: event.timestamp, line: () => renderLogEvent(event, shown) });
  });
  const ended = new WeakSet<object>();
  cloud.requests.subscribe((record) => {
    const line = requestLineOf(record, shown);
    // It is told again of what comes after its response.
    if (line === undefined || ended.has(record)) return;
    ended.add(record);
    // By the clock of the other lines: its start and its latency are rounded, each by itself.
    const timestamp = Date.now();
    const text = () =>
      `${lineHead(timestamp, "Api", shown)} ${renderRequestLine(line, shown.style)}`;
    lines.add({ timestamp, line: text });
  });
  cloud.announcements.subscribe((announcement) => {
    lines.add({
      timestamp: announcement.timestamp,
      line: () => renderAnnouncement(announcement, shown),
    });
  });
  return () => lines.flush();
}

const print = (line: string) => void process.stdout.write(`${line}\n`);

function streamJson({ logs, announcements }: StreamedCloud): () => void {
  announcements.subscribe((announcement) => print(announcementAsJson(announcement)));
  return logs.subscribe(({ message }) => {
    print(message.trimEnd().replaceAll("\n", "\\n").replaceAll("\r", "\\r"));
  });
}

/** What SST begins names with; the app's own name stands in the URNs: `urn:pulumi:STAGE::APP::…`. */
function namePrefix({ graph }: Pick<LocalCloud, "graph">, stage: string): string {
  const [, app = ""] = graph(stage)[0]?.urn.split("::") ?? [];
  return `${app}-${stage}-`;
}

const networkCounterSchema = z.object({
  name: z.string(),
  action: z.object({ count: z.object({}) }),
  statement: z.object({ ipSetReferenceStatement: z.object({}) }),
});
const webAclSchema = z.object({ rules: z.array(z.unknown()) });

/** The rules of a stage's web ACLs that count the requests of an IP set. */
function networkCounters({ graph }: Pick<LocalCloud, "graph">, stage: string): readonly string[] {
  return graph(stage)
    .filter(({ type }) => type === "aws:wafv2/webAcl:WebAcl")
    .flatMap(({ inputs }) => webAclSchema.safeParse(inputs).data?.rules ?? [])
    .flatMap((rule) => networkCounterSchema.safeParse(rule).data?.name ?? []);
}
