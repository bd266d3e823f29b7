/** What this process holds, after a garbage collection. */
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as z from "zod";

setFlagsFromString("--expose-gc");
const collect = z.function().parse(runInNewContext("gc"));

/** Collects what nothing refers to. */
export async function collectGarbage(): Promise<void> {
  // A WeakRef keeps its target until the end of the job, and a buffer its memory until a second time.
  for (const time of [1, 2]) {
    await setImmediate(time);
    collect();
  }
}

/** Bytes of objects and buffers that are held. */
export async function heldBytes(): Promise<number> {
  await collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
