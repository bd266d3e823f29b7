/** How much memory a process has held. */
import { readFileSync } from "node:fs";

/** The most that it has held at a time, in MB; undefined where there is no /proc, or no process. */
export function readPeakMemoryMb(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, "latin1");
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
    return kilobytes === undefined ? undefined : Math.ceil(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
}
