/** A thread that ends its whole process once the process that started it is gone. */
import { workerData } from "node:worker_threads";

const CHECK_MS = 250;

// The parent as the main thread knew it, before this thread had started.
const parent: unknown = workerData;

setInterval(() => {
  if (process.ppid !== parent || process.ppid === 1) process.kill(process.pid, "SIGKILL");
}, CHECK_MS);
