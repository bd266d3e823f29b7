/** The run directory: where one run of the local cloud writes, inside the app's `.local-cloud`. */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { messageOf } from "../errors/error-message.ts";

/** A run directory. */
interface RunDirectory {
  readonly path: string;
  /** Creates a subdirectory. */
  folder(name: string): string;
  remove(): void;
}

/**
 * Creates the directory of this process's run and removes those of processes that have ended.
 * @throws Error with advice when the app's folder is not writable.
 */
export function createRunDirectory(cloudFolder: string): RunDirectory {
  const own = path.join(runsIn(cloudFolder), `${process.pid}-${randomBytes(4).toString("hex")}`);
  try {
    for (const { path: stale, running } of listRunDirectories(cloudFolder)) {
      if (!running) fs.rmSync(stale, { recursive: true, force: true });
    }
    fs.mkdirSync(own, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const advice = "Make that folder writable, or run this in a copy of the app that is.";
    throw new Error(`Nothing can be written to ${cloudFolder}: ${messageOf(cause)}. ${advice}`, {
      cause,
    });
  }

  function folder(name: string): string {
    const below = path.join(own, name);
    fs.mkdirSync(below, { recursive: true, mode: 0o700 });
    return below;
  }

  return {
    path: own,
    folder,
    remove: () => fs.rmSync(own, { recursive: true, force: true }),
  };
}

/** The directories of all runs, and whether their processes still run. */
export function listRunDirectories(cloudFolder: string): { path: string; running: boolean }[] {
  const runs = runsIn(cloudFolder);
  if (!fs.existsSync(runs)) return [];
  return fs.readdirSync(runs).map((name) => ({
    path: path.join(runs, name),
    running: isRunning(Number.parseInt(name, 10)),
  }));
}

const runsIn = (cloudFolder: string) => path.join(cloudFolder, "runs");

/** Whether a process of that id exists. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
