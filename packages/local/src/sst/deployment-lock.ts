/** Lets one run of the SST CLI at a time build in an app's folder: it does so in `.sst/artifacts`. */
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import type { Project } from "./project.ts";

/** What a wait for the lock is told, and ended by. */
interface LockWait {
  /** Told once, in a phrase for people, when another deployment has the folder. */
  readonly onWait?: ((what: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const pollMs = 100;

/**
 * Runs a task while no other local cloud runs one in the app's folder, in this process or another.
 * The lock is the system's own on a file, taken through SQLite: it ends with its process, however
 * that ends, and is never one that nobody holds.
 * @throws the signal's reason when aborted while waiting; what the task throws.
 */
export async function withDeploymentLock<Result>(
  { cloudFolder }: Pick<Project, "cloudFolder">,
  { onWait, signal }: LockWait,
  task: () => Promise<Result>,
): Promise<Result> {
  const file = new DatabaseSync(path.join(cloudFolder, "deployment.lock"));
  try {
    if (!tryAcquire(file)) {
      onWait?.("waiting for another deployment in this folder");
      do {
        await delay(pollMs);
        signal?.throwIfAborted();
      } while (!tryAcquire(file));
    }
    return await task();
  } finally {
    file.close();
  }
}

/** SQLite's code for what another connection holds. */
const busy = 5;

/** Tries to take the lock. @throws Error for everything but a lock that another holds. */
function tryAcquire(file: DatabaseSync): boolean {
  try {
    file.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (error instanceof Error && "errcode" in error && error.errcode === busy) return false;
    throw error;
  }
}
