/** A thread that lets a process run and stops it by turns, until the thread or the process ends. */
import { workerData } from "node:worker_threads";
import * as z from "zod";

const { pid, runMs, stopMs } = z
  .strictObject({ pid: z.int(), runMs: z.number(), stopMs: z.number() })
  .parse(workerData);
const never = new Int32Array(new SharedArrayBuffer(4));

/** Timers know whole milliseconds only. */
const sleep = (ms: number) => Atomics.wait(never, 0, 0, ms);

try {
  for (;;) {
    process.kill(pid, "SIGSTOP");
    sleep(stopMs);
    process.kill(pid, "SIGCONT");
    sleep(runMs);
  }
} catch {
  // The process has ended.
}
