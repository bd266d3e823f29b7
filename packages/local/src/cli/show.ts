/** What people see of a cloud to which their app is deployed. */
import type { LocalCloud } from "../cloud.ts";
import { renderLogEvent } from "../logs/render.ts";
import type { CliOptions } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** Shows the given lines, what is not enforced, and last that the cloud is ready, and where. */
export function showReady(
  terminal: Terminal,
  cloud: LocalCloud,
  { json, stage, watch }: CliOptions,
  lines: readonly string[],
): void {
  const { api: apiUrl, aws: awsUrl, console: consoleUrl } = cloud.urls;
  for (const line of lines) terminal.line(line);
  showNotices(terminal, cloud.notices(stage));
  if (json) {
    process.stdout.write(`${JSON.stringify({ ready: true, apiUrl, awsUrl, consoleUrl })}\n`);
    return;
  }
  terminal.line(`  ${terminal.style(["green", "bold"], "✓ ready")}  ${apiUrl}`);
  terminal.line(terminal.style("dim", `           AWS endpoint ${awsUrl}`));
  terminal.line(terminal.style("dim", `           console      ${consoleUrl}`));
  if (watch) terminal.line(terminal.style("dim", "           saved sources are deployed again"));
  terminal.line(terminal.style("dim", "           Ctrl-C ends it"));
  terminal.line();
}

function showNotices(terminal: Terminal, notices: readonly string[]): void {
  if (notices.length === 0) return;
  terminal.line("  What AWS enforces and this local cloud does not:");
  for (const notice of notices) terminal.line(terminal.style("dim", `  - ${notice}`));
  terminal.line();
}

/** Prints what functions log from now on: for people, or as it is. */
export function streamLogs(cloud: LocalCloud, { json, stage }: CliOptions): void {
  const prefix = namePrefix(cloud, stage);
  const color = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;
  cloud.logs.subscribe((event) => {
    const line = json ? event.message : renderLogEvent(event, { color, prefix });
    if (line !== undefined) process.stdout.write(`${line}\n`);
  });
}

/** What SST begins names with; the app's own name stands in the URNs: `urn:pulumi:STAGE::APP::…`. */
function namePrefix(cloud: LocalCloud, stage: string): string {
  const [, app = ""] = cloud.graph(stage)[0]?.urn.split("::") ?? [];
  return `${app}-${stage}-`;
}
