/** The process reaper kills what is on its list when its input ends, and nothing else. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished, vi } from "vitest";
import { isAlive } from "../services/lambda/processes.ts";

const script = fileURLToPath(new URL("../../src/processes/process-reaper.sh", import.meta.url));

/** A process that does nothing, in a process group of its own or in ours. */
function idler({ detached }: { detached: boolean }) {
  return withId(spawn("sleep", ["1000"], { detached, stdio: "ignore" }));
}

/** A process with a child that has left its group. */
async function family() {
  const program = `
    const { spawn } = require("node:child_process");
    console.log(spawn("sleep", ["1000"], { detached: true, stdio: "ignore" }).pid);
    setInterval(() => {}, 1000);`;
  const stdio: ["ignore", "pipe", "inherit"] = ["ignore", "pipe", "inherit"];
  const parent = spawn(process.execPath, ["-e", program], { detached: true, stdio });
  const [line]: unknown[] = await once(createInterface(parent.stdout), "line");
  return { parent: withId(parent), child: Number(line) };
}

function withId({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error("The process did not start.");
  onTestFinished(() => {
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
  });
  return pid;
}

it("kills processes on its list, in their own group or not, and what they have started", async () => {
  const leader = idler({ detached: true });
  const member = idler({ detached: false });
  const takenOff = idler({ detached: true });
  const { parent, child } = await family();

  const reaper = spawn("/bin/sh", [script], { stdio: ["pipe", "ignore", "ignore"] });
  const lines = [`+${leader}`, `+${takenOff}`, `+${member}`, `+${parent}`, `-${takenOff}`];
  reaper.stdin.end(`${lines.join("\n")}\n`);
  await once(reaper, "close");

  const killed = [leader, member, parent, child];
  await vi.waitFor(() => expect(killed.filter(isAlive)).toEqual([]), 30_000);
  expect(isAlive(takenOff)).toBe(true);
});
