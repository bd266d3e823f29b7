/**
 * A program that runs a function and prints the ids of its processes; made to be killed. The test that
 * kills it removes the folder that it names.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startLambda } from "./lambda-harness.ts";

const cloud = await startLambda();
const pidFile = join(cloud.folder, "pids.json");
const arn = await cloud.put(
  `
  import { spawn } from "node:child_process";
  import { writeFileSync } from "node:fs";
  export const handler = async (how) => {
    const pids = [process.pid];
    if (how === "grandchild") pids.push(spawn("sleep", ["1000"]).pid);
    writeFileSync(process.env.PID_FILE, JSON.stringify(pids));
    await fetch(process.env.AWS_ENDPOINT_URL + "/ready");
    if (how === "stopped") process.kill(process.pid, "SIGSTOP");
    if (how === "spin") for (;;);
  };
  `,
  { environment: { PID_FILE: pidFile } },
);
const [, , how] = process.argv;
const invocation = cloud.lambda.invoke(arn, JSON.stringify(how));
await cloud.gate.arrivals(1);
cloud.gate.open();
if (how !== "spin" && how !== "stopped") await invocation;
const pids: unknown = JSON.parse(await readFile(pidFile, "utf8"));
process.stdout.write(`${JSON.stringify({ pids, folder: cloud.folder })}\n`);
await invocation;
