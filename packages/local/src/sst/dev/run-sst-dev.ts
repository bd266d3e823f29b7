/** Runs the app's own `sst dev`: its multiplexer on a terminal, plain lines elsewhere. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { runInGroup } from "../../processes/process-group.ts";
import { sstBinary } from "../cli.ts";
import type { Project } from "../project.ts";
import { killWithParent } from "../../processes/process-reaper.ts";

interface SstDevRun {
  readonly stage: string;
  readonly env: NodeJS.ProcessEnv;
  /** Receives each line that the CLI prints; without it the CLI has the terminal to itself. */
  readonly onLine?: ((line: string) => void) | undefined;
  /** Interrupts the CLI as Ctrl-C would. */
  readonly signal: AbortSignal;
}

/** How long an interrupted CLI may take: it may be in the middle of a deployment. */
const GRACE_MS = 10_000;

/** Runs until the CLI ends; its exit code, null when a signal ended it. @throws the signal's reason */
export async function runSstDev(project: Project, run: SstDevRun): Promise<number | null> {
  const { stage, env, onLine, signal } = run;
  const args = ["dev", "--stage", stage];
  if (!onLine) return runOnTerminal(project, args, run);
  return runInGroup({
    command: sstBinary(project),
    args: [...args, "--mode=mono"],
    cwd: project.root,
    env,
    onLine,
    signal,
    graceMs: GRACE_MS,
  });
}

/** In our own process group: only the terminal's foreground group may read from it. */
async function runOnTerminal(
  project: Project,
  args: readonly string[],
  { env, signal }: SstDevRun,
): Promise<number | null> {
  signal.throwIfAborted();
  const child = spawn(sstBinary(project), args, {
    cwd: project.root,
    env: { ...env, PWD: project.root },
    stdio: "inherit",
  });
  const unwatch = killWithParent(child.pid);
  let timer: NodeJS.Timeout | undefined;
  const interrupt = () => {
    child.kill("SIGINT");
    timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  };
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    await once(child, "close");
    signal.throwIfAborted();
    return child.exitCode;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", interrupt);
    unwatch();
  }
}
