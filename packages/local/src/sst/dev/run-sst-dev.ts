/** Runs the app's own `sst dev`, which prints plain lines. */
import { runInGroup } from "../../processes/process-group.ts";
import { sstBinary } from "../cli.ts";
import type { Project } from "../project.ts";

interface SstDevRun {
  readonly stage: string;
  readonly env: NodeJS.ProcessEnv;
  /** Receives each line that the CLI prints. */
  readonly onLine: (line: string) => void;
  /** Interrupts the CLI as Ctrl-C would. */
  readonly signal: AbortSignal;
}

/** How long an interrupted CLI may take: it may be in the middle of a deployment. */
const GRACE_MS = 10_000;

/** Runs until the CLI ends; its exit code, null when a signal ended it. @throws the signal's reason */
export async function runSstDev(project: Project, run: SstDevRun): Promise<number | null> {
  const { stage, ...rest } = run;
  return runInGroup({
    command: sstBinary(project),
    args: ["dev", "--stage", stage, "--mode=mono"],
    cwd: project.root,
    graceMs: GRACE_MS,
    ...rest,
  });
}
