/** Runs a local cloud from the command line: start, deploy, stream logs, until it is interrupted. */
import type { RequestExample } from "../attacks/targets/example.ts";
import { startLocalCloud, type LocalCloud } from "../local-cloud.ts";
import { callLoopbackDirectly } from "../http/loopback-proxy.ts";
import { checkStageFile } from "../sst/env-files.ts";
import { isDebuggerPresent } from "../sst/environment.ts";
import { openProject } from "../sst/project.ts";
import { registerCloud } from "../runs/cloud-registry.ts";
import { runCommand } from "./command.ts";
import { deploy } from "./deploy.ts";
import { startDev, untilDevEnds } from "./dev.ts";
import { ensurePlatform } from "./ensure-platform.ts";
import { explain } from "./explain.ts";
import { closedOutputSignal, interruptSignal } from "./interrupt.ts";
import {
  createLocalCloudCommand,
  findConflict,
  type CliOptions,
  type CommandTexts,
} from "./options.ts";
import { openBrowser } from "./open-browser.ts";
import { redeployOnSave } from "./redeploy.ts";
import { showReady, showStopped } from "./show.ts";
import { streamLogs } from "./stream.ts";
import { createTerminal, type Terminal } from "../terminal/terminal.ts";
import { together } from "./together.ts";
import { UsageError } from "./usage-error.ts";
import { watchSources, type SourceWatch } from "./watch.ts";

/** What a command adds to the local cloud's own. */
export interface RunArgs extends CommandTexts {
  readonly args: readonly string[];
  /** The Region of a stage. */
  readonly regionOf?: (stage: string) => string;
  /** What an operator of the app does about a dead letter, shown with each; by the AWS endpoint of the cloud. */
  readonly deadLetterHelp?: (awsUrl: string) => string;
  /** As what a request of a route is served, such as `greeted`, in the line of each request. */
  readonly servedAs?: (route: string) => string | undefined;
  /** A request to each route of the app, which attacks alter. */
  readonly examples?: readonly RequestExample[];
  /** The app's OpenAPI document, shown in the console; what it throws ends the start. */
  readonly describeApi?: () => object;
  /** Runs beside the deployment; what it throws ends the start. */
  readonly check?: (signal: AbortSignal) => Promise<void>;
  /** Runs once the app is deployed as `stage`; what it returns is shown before the ready line. */
  readonly prepare?: (
    cloud: LocalCloud,
    stage: string,
    terminal: Terminal,
  ) => Promise<readonly string[]>;
}

/** Runs until SIGINT or SIGTERM; sets the exit code of the process. */
export async function runLocalCloud({ args, ...run }: RunArgs): Promise<void> {
  const command = createLocalCloudCommand(run);
  command.action(async (options) => {
    const conflict = findConflict(options);
    if (conflict !== undefined) throw new UsageError(conflict);
    const reason = "Interrupted before it was ready; nothing is left running.";
    const signal = AbortSignal.any([interruptSignal(reason), closedOutputSignal(reason)]);
    try {
      await runUntil(signal, options, run);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  });
  await runCommand(command, {
    args: run.alwaysDev ? ["--dev", ...args] : args,
    explain: (error) => `\n${explain(error, run.name, command.opts().project)}`,
  });
}

async function runUntil(
  signal: AbortSignal,
  options: CliOptions,
  {
    check = async () => {},
    prepare,
    regionOf,
    examples = [],
    deadLetterHelp,
    servedAs,
    describeApi,
  }: Omit<RunArgs, "args">,
): Promise<void> {
  const { stage, dev } = options;
  callLoopbackDirectly();
  checkStageFile(openProject(options.project).root, stage);
  const terminal = createTerminal(options.json ? process.stderr : process.stdout);
  signal.addEventListener("abort", () => terminal.line("  Stopping …"), { once: true });
  const debugs = options.inspect || (dev && isDebuggerPresent(process.env));
  const region = regionOf?.(stage);
  const cloud = await startLocalCloud({
    ...options,
    region,
    examples,
    timeLimits: !debugs,
    ...(describeApi && { apiDocument: describeApi() }),
  });
  const { urls } = cloud;
  let sources: SourceWatch | undefined;
  let endLogs: (() => void) | undefined;
  try {
    terminal.line();
    await ensurePlatform(options.project, terminal, signal);
    if (options.watch) sources = await watchSources(cloud.project.root);
    const session = await together(
      signal,
      async (either) => {
        if (dev) return startDev(cloud, options, terminal, either);
        await deploy(cloud, stage, terminal, either);
        return undefined;
      },
      check,
    );
    const { api: apiUrl, aws: awsUrl, console: consoleUrl } = urls;
    const lines = (await prepare?.(cloud, stage, terminal)) ?? [];
    registerCloud(cloud.folder, { stage, apiUrl, awsUrl, consoleUrl });
    showReady(terminal, cloud, options, lines);
    if (options.open) {
      openBrowser(consoleUrl, (opener) => {
        terminal.line(`  ${opener} could not open a browser; open ${consoleUrl} yourself.`);
      });
    }
    endLogs = streamLogs(terminal, cloud, {
      ...options,
      servedAs,
      deadLetterHelp: deadLetterHelp?.(awsUrl),
    });
    if (session) {
      await untilDevEnds(session, signal);
    } else if (sources) {
      const tasks = { deploy: () => deploy(cloud, stage, terminal, signal), check };
      await redeployOnSave(sources, tasks, terminal, signal);
    } else {
      await untilAborted(signal);
    }
  } finally {
    await sources?.close();
    await cloud.stop();
    endLogs?.();
  }
  showStopped(terminal, urls, stage);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
