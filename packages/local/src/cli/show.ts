/** Shows a cloud to which an app is deployed. */
import type { LocalCloud } from "../local-cloud.ts";
import { createOrderedEvents } from "../terminal/in-order.ts";
import { renderLogEvent, type RenderOptions } from "../terminal/render.ts";
import { renderLimitations } from "./limitations.ts";
import type { CliOptions } from "./options.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Shows the limitations of the local cloud, the given lines, and last that the cloud is ready, and where. */
export function showReady(
  terminal: Terminal,
  cloud: Pick<LocalCloud, "limitations" | "urls">,
  { json, stage, watch }: CliOptions,
  lines: readonly string[],
): void {
  const { api: apiUrl, aws: awsUrl, console: consoleUrl } = cloud.urls;
  const limitations = renderLimitations(cloud.limitations(stage));
  const above = [
    ...(limitations.length > 0 ? ["", "  Limitations of the local cloud:"] : []),
    ...limitations.map((line) => terminal.style("dim", `    ${line}`)),
    "",
    ...lines,
    "",
  ];
  for (const line of above.filter((text, at) => text !== "" || above[at - 1] !== "")) {
    terminal.line(line);
  }
  if (json) {
    process.stdout.write(`${JSON.stringify({ ready: true, apiUrl, awsUrl, consoleUrl })}\n`);
    return;
  }
  terminal.line(`  ${terminal.style(["green", "bold"], "✓ ready")}        ${apiUrl}`);
  terminal.line(terminal.style("dim", `    AWS endpoint ${awsUrl}`));
  terminal.line(terminal.style("dim", `    console      ${consoleUrl}`));
  if (watch) terminal.line(terminal.style("dim", "    saved sources are deployed again"));
  terminal.line(terminal.style("dim", "    Ctrl-C stops it"));
  terminal.line();
}

/** How long a log line waits for one that was logged before it and comes after it. */
const ORDER_MS = 50;

/**
 * Prints what is logged from now on: formatted, or as it is, one event a line. What it returns prints
 * the rest.
 */
export function streamLogs(
  terminal: Terminal,
  cloud: Pick<LocalCloud, "graph" | "logs">,
  { json, stage }: Pick<CliOptions, "json" | "stage">,
): () => void {
  if (json) {
    return cloud.logs.subscribe(({ message }) => {
      process.stdout.write(
        `${message.trimEnd().replaceAll("\n", "\\n").replaceAll("\r", "\\r")}\n`,
      );
    });
  }
  const prefix = namePrefix(cloud, stage);
  const shown: RenderOptions = { prefix, style: (style, text) => terminal.style(style, text) };
  const events = createOrderedEvents((event) => {
    const line = renderLogEvent(event, shown);
    if (line !== undefined) terminal.line(line);
  }, ORDER_MS);
  cloud.logs.subscribe((event) => events.add(event));
  return () => events.flush();
}

/** What SST begins names with; the app's own name stands in the URNs: `urn:pulumi:STAGE::APP::…`. */
function namePrefix(cloud: Pick<LocalCloud, "graph">, stage: string): string {
  const [, app = ""] = cloud.graph(stage)[0]?.urn.split("::") ?? [];
  return `${app}-${stage}-`;
}
