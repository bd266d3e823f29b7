/** The peak memory of a process. */
import { readFileSync } from "node:fs";

/** In MB; undefined without /proc, or without the process. */
export function readPeakMemoryMb(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, "latin1");
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
    return kilobytes === undefined ? undefined : Math.ceil(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
}
