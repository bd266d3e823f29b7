/** The folder that one run of the local cloud writes to, inside the app's own `.local-cloud`. */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { messageOf } from "../errors/error-message.ts";

/** The folder of one run. */
interface RunDirectory {
  readonly path: string;
  /** A folder below it. */
  folder(name: string): string;
  remove(): void;
}

/**
 * Makes the folder of this process's run and removes those of processes that are gone.
 * @throws Error that says what would be right where the app's folder cannot be written to.
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
  return {
    path: own,
    folder(name) {
      const below = path.join(own, name);
      fs.mkdirSync(below, { recursive: true, mode: 0o700 });
      return below;
    },
    remove: () => fs.rmSync(own, { recursive: true, force: true }),
  };
}

/** The folders of all runs, and whether their processes still run. */
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
