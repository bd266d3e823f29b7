/** Distinguishes the SST CLI's workers from other processes that inherit its NODE_OPTIONS. */
import path from "node:path";
import { isMainThread } from "node:worker_threads";

/** Whether this is the main thread of a process that runs SST's client of the Lambda Runtime API. */
export function isWorker(): boolean {
  const client = path.join("dist", "nodejs-runtime", "index.js");
  return isMainThread && process.argv[1]?.endsWith(client) === true;
}
