/** The processes of this machine, seen from outside. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";

/** The ids of all that a process has started and of what those have, without those that ended. */
export function descendantsOf(pid: number): number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" });
  const rows = table
    .split("\n")
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , state]) => state !== undefined && !state.startsWith("Z"))
    .map(([id, parent]) => ({ id: Number(id), parent: Number(parent) }));
  const childrenOf = (parent: number): number[] =>
    rows.filter((row) => row.parent === parent).flatMap(({ id }) => [id, ...childrenOf(id)]);
  return childrenOf(pid);
}

/** A process's program and arguments; empty when it has ended. */
export function commandOf(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** The ids of the processes that work in a folder or below it. */
export function processesIn(folder: string): number[] {
  return allProcesses().filter((pid) => {
    try {
      return fs.readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

/** The ids of a function's execution environments in the local cloud that runs in a folder. */
export function environmentsOf(folder: string, functionName: string): number[] {
  return processesIn(folder).filter((pid) => {
    try {
      const variables = fs.readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
      return variables.some(
        (variable) =>
          variable.startsWith("AWS_LAMBDA_FUNCTION_NAME=") && variable.endsWith(`-${functionName}`),
      );
    } catch {
      return false;
    }
  });
}

/** Kills a process, unless it has ended already. */
export function killProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It was quicker.
  }
}

function allProcesses(): number[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}
