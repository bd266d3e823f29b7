/** Runs a command as a process group of its own, which ends with us. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { LIFELINE_FD } from "./lambda/in-child/descriptors.ts";

export interface GroupRun {
  /** Arguments of Node, the script first. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Receives each line that the command prints, on either stream. */
  readonly onLine: (line: string) => void;
  /** Interrupts the command as Ctrl-C would, and kills it when it has not ended in `graceMs`. */
  readonly signal?: AbortSignal | undefined;
  readonly graceMs?: number;
}

/** Ends the group when this process is gone, however it went. */
const endWithParent = fileURLToPath(new URL("end-with-parent.ts", import.meta.url));

const closeArguments = z.tuple([z.number().nullable()]).rest(z.unknown());

/** Runs a Node script to its end; its exit code, null when a signal ended it. @throws the signal's reason when aborted. */
export async function runInGroup(run: GroupRun): Promise<number | null> {
  const { args, cwd, env, onLine, signal, graceMs = 5_000 } = run;
  signal?.throwIfAborted();
  const child = spawn(process.execPath, ["--import", endWithParent, ...args], {
    cwd,
    env,
    // The last pipe is the lifeline: its end tells the child that this process is gone.
    stdio: ["ignore", "pipe", "pipe", "ignore", "pipe"],
    // A group of its own: Ctrl-C in the terminal reaches us alone, and we end all of it.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on("line", onLine);
  }
  const lifeline = child.stdio[LIFELINE_FD];
  // The child's end resets the pipe; "close" tells of it.
  if (lifeline instanceof Socket) lifeline.on("error", () => lifeline.destroy());

  const endGroup = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // The group has ended already.
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
  }
}
