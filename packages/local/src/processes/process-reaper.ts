/** Lets no child process outlive this one, however this one ends. */
import { spawn } from "node:child_process";
import { Socket } from "node:net";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("process-reaper.sh", import.meta.url));

let warden: Writable | undefined;

/**
 * Has a process, its group and all that it has started killed as soon as this process is gone, be
 * it by SIGKILL, and whether they run, loop or are stopped. What it returns takes the process off
 * the list; call that when it has ended, since its id may become another's. A process that could
 * not be started has no id, and nothing is done.
 */
export function killWithParent(pid: number | undefined): () => void {
  if (pid === undefined) return () => {};
  warden ??= startReaper();
  const list = warden;
  list.write(`+${pid}\n`);
  return () => void list.write(`-${pid}\n`);
}

/** One for this process, from the first child on. */
function startReaper(): Writable {
  const child = spawn("/bin/sh", [script], {
    cwd: "/",
    env: { PATH: "/usr/bin:/bin" },
    stdio: ["pipe", "ignore", "ignore"],
    // Out of reach of a Ctrl-C in the terminal, and of whoever kills our process group.
    detached: true,
  });
  // It ends with us: nobody waits for it.
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  // Without a warden, children still end with a cloud that is stopped.
  child.on("error", () => {});
  child.stdin.on("error", () => {});
  return child.stdin;
}
