/** The deployment lock of an app's folder, since the SST CLI always builds in its `.sst/artifacts`. */
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import type { Project } from "./project.ts";

/** Options of waiting for the lock. */
interface LockWait {
  /** Called once, with a message for the user, when another deployment has the lock. */
  readonly onWait?: ((what: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const pollMs = 100;

/**
 * Runs a task with the lock, which excludes other local clouds in this process and in others. It is
 * the system's own lock on a file, acquired through SQLite: it ends with its process, so that it
 * never becomes stale.
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

/** SQLITE_BUSY: another connection has the lock. */
const busy = 5;

/** Tries to acquire the lock. @throws Error for everything but SQLITE_BUSY. */
function tryAcquire(file: DatabaseSync): boolean {
  try {
    file.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (error instanceof Error && "errcode" in error && error.errcode === busy) return false;
    throw error;
  }
}
