/** Gives a process the share of a CPU that Lambda gives a function of some memory. */
import fs from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";

/** A way to slow processes down; one process at a time. */
export interface SlowDown {
  /** How it is done, for the report. */
  readonly means: "cgroup v1" | "cgroup v2" | "signals";
  /** From now on the process has its share only. */
  slow(pid: number): Promise<void>;
  /** The process has ended, or is about to. */
  release(): Promise<void>;
  /** Removes what was made. */
  close(): Promise<void>;
}

/** Megabytes at which Lambda gives one whole CPU (documented: configuration-memory). */
const WHOLE_CPU_MB = 1_769;

/** The quota's period, in microseconds (assumed: what others found by measuring on Lambda). */
const PERIOD_US = 20_000;

/** The part of a CPU that a function of `memoryMb` has. */
export const shareOf = (memoryMb: number): number => memoryMb / WHOLE_CPU_MB;

/** The best means that this machine allows: control groups, else stopping and continuing. */
export function createSlowDown(memoryMb: number): SlowDown {
  const quota = Math.round(PERIOD_US * shareOf(memoryMb));
  const name = `secure-lambda-bench-${process.pid}`;
  return (
    useControlGroup("cgroup v1", path.join("/sys/fs/cgroup/cpu", name), [
      ["cpu.cfs_period_us", String(PERIOD_US)],
      ["cpu.cfs_quota_us", String(quota)],
    ]) ??
    useControlGroup("cgroup v2", path.join("/sys/fs/cgroup", name), [
      ["cpu.max", `${quota} ${PERIOD_US}`],
    ]) ??
    slowDownBySignals(memoryMb)
  );
}

/** Undefined where control groups cannot be made, or are not of that version. */
function useControlGroup(
  means: "cgroup v1" | "cgroup v2",
  folder: string,
  limits: readonly (readonly [string, string])[],
): SlowDown | undefined {
  try {
    fs.mkdirSync(folder);
  } catch {
    return undefined;
  }
  try {
    for (const [file, value] of limits) {
      fs.writeFileSync(path.join(folder, file), value, { flag: "r+" });
    }
  } catch {
    fs.rmdirSync(folder);
    return undefined;
  }
  return {
    means,
    async slow(pid) {
      fs.writeFileSync(path.join(folder, "cgroup.procs"), String(pid));
    },
    async release() {},
    async close() {
      // A killed process leaves its group a moment after its end.
      for (let attempt = 0; attempt < 50; attempt++) {
        try {
          fs.rmdirSync(folder);
          return;
        } catch {
          await wait(20);
        }
      }
    },
  };
}

/** Lets a process run for its share of each period: coarser, as waiting counts as running. */
export function slowDownBySignals(memoryMb: number): SlowDown {
  let worker: Worker | undefined;
  const release = async () => {
    await worker?.terminate();
    worker = undefined;
  };
  return {
    means: "signals",
    async slow(pid) {
      const runMs = (PERIOD_US / 1_000) * shareOf(memoryMb);
      worker = new Worker(new URL("./duty-cycle.ts", import.meta.url), {
        workerData: { pid, runMs, stopMs: PERIOD_US / 1_000 - runMs },
      });
      await new Promise((resolve) => worker?.once("online", resolve));
    },
    release,
    close: release,
  };
}
