/**
 * Loaded into the SST CLI's workers: keeps them in the local cloud, and ends a worker whose CLI was
 * killed, which would poll for ever.
 */
import { Worker } from "node:worker_threads";
import { stayLocal } from "../../../processes/stay-local.ts";
import { isWorker } from "./is-worker.ts";

stayLocal();

// In a thread: it ends a handler in an endless loop, and one that a debugger holds.
if (isWorker()) {
  const watch = new URL("watch-parent.ts", import.meta.url);
  new Worker(watch, { execArgv: [], env: {}, workerData: process.ppid }).unref();
}
