/** Runs the app's own, unmodified SST CLI as a child process group that ends with us. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import * as z from "zod";
import type { Project } from "./project.ts";

export interface SstRun {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Receives each line that the CLI prints. */
  readonly onLine: (line: string) => void;
  /** Interrupts the CLI as Ctrl-C would, and kills it when it does not end in `graceMs`. */
  readonly signal?: AbortSignal;
  readonly graceMs?: number;
}

/** The CLI ended with a failure; `output` is what it printed. */
export class SstFailedError extends Error {
  override name = "SstFailedError";
  readonly output: readonly string[];

  constructor(command: string, output: readonly string[]) {
    super(`"sst ${command}" failed.`);
    this.output = output;
  }
}

/** Runs `sst ARGS` in the app's folder. @throws SstFailedError; the signal's reason when aborted. */
export async function runSst(project: Project, run: SstRun): Promise<void> {
  const { args, env, onLine, signal, graceMs = 5_000 } = run;
  signal?.throwIfAborted();
  const child = spawn(process.execPath, [project.sstBin, ...args], {
    cwd: project.root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: Ctrl-C in the terminal reaches us alone, and we end all of it.
    detached: true,
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      output.push(line);
      onLine(line);
    });
  }

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
    const [code] = z
      .tuple([z.number().nullable()])
      .rest(z.unknown())
      .parse(await once(child, "close"));
    signal?.throwIfAborted();
    if (code !== 0) throw new SstFailedError(args.join(" "), output);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", interrupt);
    endGroup("SIGKILL");
  }
}
