/** Shows a cloud to which an app is deployed. */
import type { LocalCloud } from "../local-cloud.ts";
import { foldLimitations, renderLimitations } from "./limitations.ts";
import type { CliOptions } from "./options.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** What `showReady` needs to know of a cloud. */
type ReadyCloud = Pick<LocalCloud, "limitations" | "loginUrls" | "urls">;

/**
 * Shows first that the cloud is ready, then the given lines, its other addresses and its limitations, and
 * last the console. All of it is written at once: who waits for the first line has the others.
 */
export function showReady(
  terminal: Terminal,
  cloud: ReadyCloud,
  options: CliOptions,
  lines: readonly string[],
): void {
  const { api: apiUrl, aws: awsUrl, console: consoleUrl, mailbox: mailboxUrl } = cloud.urls;
  const ready = `  ${terminal.style(["green", "bold"], "✓ ready")}        ${apiUrl}`;
  const shown = [
    "",
    ...(options.json ? [] : [ready, ""]),
    ...lines,
    "",
    ...(options.json
      ? limitationLines(terminal, cloud, options)
      : further(terminal, cloud, options)),
    "",
  ];
  terminal.line(shown.filter((text, at) => text !== "" || shown[at - 1] !== "").join("\n"));
  if (!options.json) return;
  const loginUrls = cloud.loginUrls();
  const told = { ready: true, apiUrl, awsUrl, consoleUrl, mailboxUrl, loginUrls };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

/** What comes after what to try. */
function further(terminal: Terminal, cloud: ReadyCloud, options: CliOptions): readonly string[] {
  const { aws, console, mailbox } = cloud.urls;
  return [
    `    AWS endpoint ${aws}`,
    `    mailbox      ${mailbox}`,
    ...cloud.loginUrls().map((url) => `    login page   ${url}`),
    `    ${minutesLine(options.speed)}`,
    ...(options.watch ? ["    saved sources are deployed again"] : []),
    "    Ctrl-C stops it",
  ]
    .map((line) => terminal.style("dim", line))
    .concat(limitationLines(terminal, cloud, options), "", `  console        ${console}`);
}

/** The limitations, or how many there are. */
function limitationLines(
  terminal: Terminal,
  cloud: ReadyCloud,
  { stage, verbose }: CliOptions,
): readonly string[] {
  const limitations = cloud.limitations(stage);
  const lines = verbose
    ? ["", "Limitations of the local cloud:", ...renderLimitations(limitations)]
    : foldLimitations(limitations);
  if (limitations.length === 0) return [];
  return lines.map((line) => (line === "" ? line : terminal.style("dim", `    ${line}`)));
}

/** How fast the cloud's minutes pass. */
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
