/** Shows a cloud to which an app is deployed. */
import type { LocalCloud } from "../local-cloud.ts";
import { renderLimitations } from "./limitations.ts";
import type { CliOptions } from "./options.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Shows the limitations of the local cloud, the given lines, and last that the cloud is ready, and where. */
export function showReady(
  terminal: Terminal,
  cloud: Pick<LocalCloud, "limitations" | "loginUrls" | "urls">,
  { json, speed, stage, watch }: CliOptions,
  lines: readonly string[],
): void {
  const { api: apiUrl, aws: awsUrl, console: consoleUrl, mailbox: mailboxUrl } = cloud.urls;
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
    const loginUrls = cloud.loginUrls();
    const ready = { ready: true, apiUrl, awsUrl, consoleUrl, mailboxUrl, loginUrls };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
    return;
  }
  terminal.line(`  ${terminal.style(["green", "bold"], "✓ ready")}        ${apiUrl}`);
  terminal.line(terminal.style("dim", `    AWS endpoint ${awsUrl}`));
  terminal.line(terminal.style("dim", `    console      ${consoleUrl}`));
  terminal.line(terminal.style("dim", `    mailbox      ${mailboxUrl}`));
  for (const url of cloud.loginUrls())
    terminal.line(terminal.style("dim", `    login page   ${url}`));
  terminal.line(terminal.style("dim", `    ${minutesLine(speed)}`));
  if (watch) terminal.line(terminal.style("dim", "    saved sources are deployed again"));
  terminal.line(terminal.style("dim", "    Ctrl-C stops it"));
  terminal.line();
}

function minutesLine(speed: number): string {
  const length = `a minute of AWS lasts ${Number((60 / speed).toPrecision(3))} s here`;
  return speed === 1 ? length : `${length} (--speed 1: as on AWS)`;
}

/** Shows, last of all, that the cloud of a stage has stopped. */
export function showStopped(
  terminal: Terminal,
  { api }: Pick<LocalCloud["urls"], "api">,
  stage: string,
): void {
  const mark = terminal.style(["green", "bold"], "✓ stopped");
  terminal.line(`  ${mark}      stage ${stage} at ${api}; nothing is left running`);
}
