/** Runs a local cloud from the command line: start, deploy, stream logs, until it is interrupted. */
import { startLocalCloud, type LocalCloud } from "../cloud.ts";
import { PortTakenError } from "../listen.ts";
import { renderLogEvent } from "../logs/render.ts";
import { announceCloud } from "../running-cloud.ts";
import { ensurePlatform } from "./ensure-platform.ts";
import { parseOptions, usage, UsageError, type CliOptions } from "./options.ts";
import { createTerminal, type Terminal } from "./terminal.ts";

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
  { check, prepare }: RunArgs,
): Promise<void> {
  const terminal = createTerminal(options.json ? process.stderr : process.stdout);
  const cloud = await startLocalCloud(options);
  try {
    terminal.line();
    await ensurePlatform(options.project, terminal, signal);
    await together(signal, [
      (either) => deploy(cloud, options.stage, terminal, either),
      async (either) => check?.(either),
    ]);
    const { api: apiUrl, aws: awsUrl, console: consoleUrl } = cloud.urls;
    const lines = (await prepare?.(cloud, terminal)) ?? [];
    announceCloud(cloud.folder, { stage: options.stage, apiUrl, awsUrl, consoleUrl });
    for (const line of lines) terminal.line(line);
    showNotices(terminal, cloud.notices(options.stage));
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ ready: true, apiUrl, awsUrl, consoleUrl })}\n`);
    } else {
      terminal.line(`  ${terminal.style(["green", "bold"], "✓ ready")}  ${apiUrl}`);
      terminal.line(terminal.style("dim", `           AWS endpoint ${awsUrl}`));
      terminal.line(terminal.style("dim", `           console      ${consoleUrl}`));
      terminal.line(terminal.style("dim", "           Ctrl-C ends it"));
      terminal.line();
    }
    streamLogs(cloud, options.json);
    await untilAborted(signal);
  } finally {
    await cloud.stop();
  }
}

function showNotices(terminal: Terminal, notices: readonly string[]): void {
  if (notices.length === 0) return;
  terminal.line("  What AWS enforces and this local cloud does not:");
  for (const notice of notices) terminal.line(terminal.style("dim", `  - ${notice}`));
  terminal.line();
}

/** Runs tasks side by side; the first failure aborts the others, and is thrown once all have ended. */
async function together(
  signal: AbortSignal,
  tasks: readonly ((either: AbortSignal) => Promise<void>)[],
): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  await Promise.allSettled(
    tasks.map(async (task) => {
      try {
        await task(either);
      } catch (error) {
        failed.abort(error);
      }
    }),
  );
  either.throwIfAborted();
}

async function deploy(
  cloud: LocalCloud,
  stage: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const step = terminal.step(`sst deploy --stage ${stage}`);
  let resources = 0;
  const onLine = (line: string) => {
    if (!/^\|\s+(Created|Updated|Deleted)/.test(line)) return;
    resources += 1;
    step.update(`${resources} resources`);
  };
  try {
    await cloud.deploy({ stage, onLine, signal });
    step.done();
  } catch (error) {
    step.failed();
    throw error;
  }
}

function streamLogs(cloud: LocalCloud, json: boolean): void {
  const color = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;
  cloud.logs.subscribe((event) => {
    const line = json ? event.message : renderLogEvent(event, { color });
    if (line !== undefined) process.stdout.write(`${line}\n`);
  });
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
