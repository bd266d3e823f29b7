/** Looks at processes from outside. */
import { readFileSync } from "node:fs";

/** Tells whether a process runs; one that only waits to be collected does not. */
export function isAlive(pid: number): boolean {
  if (!exists(pid)) return false;
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${String(pid)}/status`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}

/** Tells whether there is a process of that id, be it one that only waits to be collected. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
