/** Runs the app's own, unmodified SST CLI. */
import { createRequire } from "node:module";
import { runInGroup } from "../processes/process-group.ts";
import { failureIn } from "./failure.ts";
import type { Project } from "./project.ts";

/** The options of a run. */
interface SstRun {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Receives each line that the CLI prints. */
  readonly onLine?: ((line: string) => void) | undefined;
  /** Interrupts the CLI as Ctrl-C would. */
  readonly signal?: AbortSignal | undefined;
}

/** The CLI failed; the message has what it printed about the failure. */
export class SstFailedError extends Error {
  override name = "SstFailedError";

  constructor(command: string, output: readonly string[]) {
    super([...failureIn(output), `"sst ${command}" failed.`].join("\n"));
  }
}

/** Runs `sst ARGS` in the app's folder. @throws SstFailedError; the signal's reason when aborted. */
export async function runSst(project: Project, run: SstRun): Promise<void> {
  const { args, env, onLine, signal } = run;
  const output: string[] = [];
  const code = await runInGroup({
    command: sstBinary(project),
    args,
    cwd: project.root,
    env,
    signal,
    onLine(line) {
      output.push(line);
      onLine?.(line);
    },
  });
  if (code !== 0) throw new SstFailedError(args.join(" "), output);
}

/**
 * The CLI's binary for this machine. The script around it adds a Node process, which does not forward
 * signals.
 */
export function sstBinary(project: Project): string {
  const name = `sst-${process.platform}-${process.arch}`;
  return createRequire(project.sstBin).resolve(`${name}/bin/sst`);
}
