/** The folder that one run of the local cloud writes to, inside the app's own `.local-cloud`. */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

export interface RunFolder {
  readonly path: string;
  /** A folder below it. */
  folder(name: string): string;
  remove(): void;
}

/** Makes the folder of this process's run and removes those of processes that are gone. */
export function createRunFolder(cloudFolder: string): RunFolder {
  const runs = path.join(cloudFolder, "runs");
  fs.mkdirSync(runs, { recursive: true, mode: 0o700 });
  for (const name of fs.readdirSync(runs)) {
    if (!isRunning(Number.parseInt(name, 10))) {
      fs.rmSync(path.join(runs, name), { recursive: true, force: true });
    }
  }
  const own = path.join(runs, `${process.pid}-${randomBytes(4).toString("hex")}`);
  const folder = (name: string) => {
    const below = path.join(own, name);
    fs.mkdirSync(below, { recursive: true, mode: 0o700 });
    return below;
  };
  return { path: own, folder, remove: () => fs.rmSync(own, { recursive: true, force: true }) };
}

/** Whether a process of that id exists. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
