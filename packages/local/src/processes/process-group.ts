/** Runs a command in its own process group, which is killed when this process ends. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import * as z from "zod";
import { killWithParent } from "./process-reaper.ts";

/** The command and its options. */
export interface GroupRun {
  readonly command: string;
  readonly args: readonly string[];
  /** Also its `PWD`, which the SST CLI believes: ours may name the folder by a link. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Receives each line that the command prints, on either stream. */
  readonly onLine: (line: string) => void;
  /** Interrupts the command as Ctrl-C would, and kills it when it has not ended in `graceMs`. */
  readonly signal?: AbortSignal | undefined;
  readonly graceMs?: number;
}

const closeArguments = z.tuple([z.number().nullable()]).rest(z.unknown());

/** Runs a command to its end; its exit code, null when a signal ended it. @throws the signal's reason when aborted. */
export async function runInGroup(run: GroupRun): Promise<number | null> {
  const { command, args, cwd, env, onLine, signal, graceMs = 5_000 } = run;
  signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd,
    env: { ...env, PWD: cwd },
    stdio: ["ignore", "pipe", "pipe"],
    // Its own group: Ctrl-C in the terminal reaches only this process, which ends the group.
    detached: true,
  });
  const { pid } = child;
  const unwatch = killWithParent(pid);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", onLine);
  }
  const endGroup = (name: NodeJS.Signals) => {
    try {
      if (pid !== undefined) process.kill(-pid, name);
    } catch {
      // The group has ended.
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const interrupt = () => {
    endGroup("SIGINT");
    timer = setTimeout(() => endGroup("SIGKILL"), graceMs);
  };
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    const [code] = closeArguments.parse(await once(child, "close"));
    signal?.throwIfAborted();
    return code;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", interrupt);
    endGroup("SIGKILL");
    unwatch();
  }
}
