/** Loaded into the SST CLI's workers: lets a debugger attach to them, on a free port. */
import inspector from "node:inspector";
import { isWorker } from "./is-worker.ts";

// Node prints the address, and the CLI shows it among the function's lines.
if (isWorker()) inspector.open(0, "127.0.0.1");
