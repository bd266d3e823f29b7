/** Runs a local cloud from the command line: start, deploy, stream logs, until it is interrupted. */
import { startLocalCloud, type LocalCloud } from "../cloud.ts";
import { isDebuggerPresent, type DevSession } from "../dev/index.ts";
import { PortTakenError } from "../listen.ts";
import { renderLogEvent } from "../logs/render.ts";
import { announceCloud } from "../running-cloud.ts";
import { deploy, together } from "./deploy.ts";
import { hasPanes, startDev, untilDevEnds } from "./dev.ts";
import { ensurePlatform } from "./ensure-platform.ts";
import { parseOptions, usage, UsageError, type CliOptions } from "./options.ts";
import { createTerminal, type Terminal } from "./terminal.ts";
import { watchSources, type SourceWatch } from "./watch.ts";

export interface RunArgs {
  readonly args: readonly string[];
  /** How the command is called, for the usage text. */
  readonly command: string;
  /** Runs beside the deployment; what it throws ends the start. */
  readonly check?: (signal: AbortSignal) => Promise<void>;
  /** Runs once the app is deployed; what it returns is shown before the ready line. */
  readonly prepare?: (cloud: LocalCloud, terminal: Terminal) => Promise<readonly string[]>;
}

/** The shell's exit code for a command that Ctrl-C ended. */
const interruptedCode = 130;

/** Runs until SIGINT or SIGTERM; the process's exit code. */
export async function runLocalCloud(run: RunArgs): Promise<number> {
  const { args, command } = run;
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => interrupted.abort(new Error("interrupted")));
  }
  let options: CliOptions | undefined;
  try {
    options = parseOptions(args);
    if (!options) {
      process.stdout.write(usage(command));
      return 0;
    }
    await runUntil(interrupted.signal, options, run);
    return 0;
  } catch (error) {
    if (interrupted.signal.aborted) {
      process.stderr.write("\nInterrupted before it was ready; nothing is left running.\n");
      return interruptedCode;
    }
    process.stderr.write(`\n${explain(error, command, options)}\n`);
    return 1;
  }
}

async function runUntil(
  signal: AbortSignal,
  options: CliOptions,
  { check = async () => {}, prepare }: RunArgs,
): Promise<void> {
  const { stage, dev } = options;
  const terminal = createTerminal(options.json ? process.stderr : process.stdout);
  const debugs = options.inspect || (dev && isDebuggerPresent(process.env));
  const cloud = await startLocalCloud({ ...options, timeLimits: !debugs });
  const deployOnce = () =>
    together(signal, (either) => deploy(cloud, stage, terminal, either), check);
  let sources: SourceWatch | undefined;
  try {
    terminal.line();
    await ensurePlatform(options.project, terminal, signal);
    if (options.watch) sources = await watchSources(cloud.project.root);
    let session: DevSession | undefined;
    if (dev) {
      session = await together(
        signal,
        (either) => startDev(cloud, options, terminal, either),
        check,
      );
    } else {
      await deployOnce();
    }
    const { api: apiUrl, aws: awsUrl, console: consoleUrl } = cloud.urls;
    const lines = (await prepare?.(cloud, terminal)) ?? [];
    announceCloud(cloud.folder, { stage, apiUrl, awsUrl, consoleUrl });
    if (!session || !hasPanes(options)) showReady(terminal, cloud, options, lines);
    if (session) {
      await untilDevEnds(session, options, signal);
      return;
    }
    streamLogs(cloud, options);
    if (sources) await redeployOnSave(sources, deployOnce, terminal, signal);
    else await untilAborted(signal);
  } finally {
    await sources?.close();
    await cloud.stop();
  }
}

/** Until the signal is aborted; a deployment that fails leaves the last one standing. */
async function redeployOnSave(
  sources: SourceWatch,
  deployOnce: () => Promise<void>,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const files = await sources.saved(signal);
    if (files === undefined) return;
    terminal.line(terminal.style("dim", `  saved ${files.join(", ")}`));
    try {
      await deployOnce();
    } catch (error) {
      if (signal.aborted) return;
      terminal.line(error instanceof Error ? error.message : String(error));
      terminal.line("  What was deployed before stands. Save again to deploy again.");
    }
  }
}

function showReady(
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

function streamLogs(cloud: LocalCloud, { json, stage }: CliOptions): void {
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

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function explain(error: unknown, command: string, options?: CliOptions): string {
  if (error instanceof PortTakenError) {
    const option = error.port === options?.awsPort ? "--aws-port" : "--port";
    return `${error.message} Stop that program, or choose another port: ${command} ${option} ${error.port + 1}`;
  }
  if (error instanceof UsageError) return `${error.message} See ${command} --help.`;
  return error instanceof Error ? error.message : String(error);
}
