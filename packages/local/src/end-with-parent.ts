/** Loaded into a child process before its script: ends its group once the parent is gone. */
import { Worker } from "node:worker_threads";

// In a thread: the SST CLI's own script waits for its binary without an event loop.
const lifeline = new URL("./lambda/in-child/lifeline.ts", import.meta.url);
new Worker(lifeline, { execArgv: [], env: {} }).unref();
