/** No process outlives the local cloud, however that ends. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import * as z from "zod";
import { isAlive } from "./processes.ts";
import { startLambda } from "./lambda-harness.ts";

const deadline = { timeout: 30_000, interval: 10 };

const started = z.object({ pids: z.array(z.number()), folder: z.string() });

test.for(["idle", "spin", "stopped", "grandchild"])(
  "when the local cloud is killed, an environment (%s) ends too",
  async (how) => {
    const script = fileURLToPath(new URL("./doomed-parent.ts", import.meta.url));
    const parent = spawn(process.execPath, [script, how], { stdio: ["ignore", "pipe", "inherit"] });
    const folders: string[] = [];
    try {
      const [line]: unknown[] = await once(createInterface(parent.stdout), "line");
      const { pids, folder } = started.parse(JSON.parse(String(line)));
      folders.push(folder);
      expect(pids.map(isAlive)).toEqual(pids.map(() => true));

      parent.kill("SIGKILL");

      await vi.waitFor(() => expect(pids.map(isAlive)).toEqual(pids.map(() => false)), deadline);
    } finally {
      parent.kill("SIGKILL");
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
    }
  },
);

test("stopping ends a handler under way and what it started, before it resolves", async () => {
  const cloud = await startLambda();
  const arn = await cloud.put(`
    import { spawn } from "node:child_process";
    export const handler = async () => {
      const child = spawn("sleep", ["1000"]);
      await fetch(process.env.AWS_ENDPOINT_URL + "/" + process.pid + "/" + child.pid);
    };
  `);
  const underWay = cloud.lambda.invoke(arn, "{}");
  const [path = ""] = await cloud.gate.arrivals(1);
  const pids = path.slice(1).split("/").map(Number);
  expect(pids.map(isAlive)).toEqual([true, true]);

  await cloud.lambda.stop();

  expect(await underWay).toMatchObject({ ok: false, kind: "exit" });
  await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false]), deadline);
  await cloud.stop();
});
