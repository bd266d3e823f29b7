/** Kills child processes when this process ends, even by SIGKILL. */
import { spawn } from "node:child_process";
import { Socket } from "node:net";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("process-reaper.sh", import.meta.url));

let reaper: Writable | undefined;

/**
 * Has a process, its group and its descendants killed once this process has ended, even if they are
 * stopped or in an endless loop. Returns a function that unregisters the process; call it when the
 * process has ended, since its id can be reused. Without an id (a failed start) nothing is done.
 */
export function killWithParent(pid: number | undefined): () => void {
  if (pid === undefined) return () => {};
  reaper ??= startReaper();
  const list = reaper;
  list.write(`+${pid}\n`);
  return () => void list.write(`-${pid}\n`);
}

/** Starts the reaper of this process, with its first child. */
function startReaper(): Writable {
  const child = spawn("/bin/sh", [script], {
    cwd: "/",
    env: { PATH: "/usr/bin:/bin" },
    stdio: ["pipe", "ignore", "ignore"],
    // Not reached by Ctrl-C in the terminal, nor by a kill of our process group.
    detached: true,
  });
  // It ends with this process.
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  // Without a reaper, children still end when the cloud is stopped.
  child.on("error", () => {});
  child.stdin.on("error", () => {});
  return child.stdin;
}
