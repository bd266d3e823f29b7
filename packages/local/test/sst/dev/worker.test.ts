import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { devEnvironment } from "../../../src/sst/dev/environment.ts";
import { isAlive } from "../../services/lambda/processes.ts";

const runtimeClient = fileURLToPath(
  new URL("../../../../../.sst/platform/dist/nodejs-runtime/index.js", import.meta.url),
);
const options = { authorityFile: "/authority.pem", inspect: false };

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "worker-test-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Starts a worker as the CLI does, from a process in the CLI's place. */
async function startWorker(source: string, inspect: boolean) {
  fs.writeFileSync(path.join(folder, "bundle.mjs"), source);
  const start = `
    const { spawn } = require("node:child_process");
    const args = [${JSON.stringify(runtimeClient)}, ${JSON.stringify(path.join(folder, "bundle.handler"))}];
    const { NODE_OPTIONS } = process.env;
    const worker = spawn(process.execPath, args, { env: { NODE_OPTIONS }, stdio: ["ignore", "inherit", "inherit"] });
    console.log("worker", worker.pid);`;
  const env = devEnvironment({ PATH: process.env["PATH"] }, { ...options, inspect });
  const { NODE_OPTIONS, ...rest } = env;
  const cli = spawn(process.execPath, ["-e", start], {
    env: { ...rest, NODE_OPTIONS },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  for (const stream of [cli.stdout, cli.stderr]) {
    createInterface({ input: stream }).on("line", (line) => lines.push(line));
  }
  const line = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = lines.map((text) => pattern.exec(text)?.[1]).find((text) => text !== undefined);
      if (found !== undefined) return found;
      await delay(10);
    }
  };
  return { cli, line };
}

it("ends with its CLI, even in an endless loop", async () => {
  const { cli, line } = await startWorker('console.log("loops"); for (;;);', false);
  const pid = Number(await line(/^worker (\d+)/));
  await line(/^(loops)/);
  cli.kill("SIGKILL");
  // The worker has the CLI's output: it closes with the last of them, just before that one is gone.
  await once(cli, "close");
  await expect.poll(() => isAlive(pid)).toBe(false);
});

it("lets a debugger attach on 127.0.0.1 when asked to, and nobody otherwise", async () => {
  const source = 'import { url } from "node:inspector"; console.log("inspector", String(url()));';
  for (const [inspect, address] of [
    [true, /^ws:\/\/127\.0\.0\.1:\d+\//],
    [false, /^undefined$/],
  ] as const) {
    const { cli, line } = await startWorker(source, inspect);
    expect(await line(/^inspector (\S+)/)).toMatch(address);
    cli.kill("SIGKILL");
    await once(cli, "close");
  }
});

it("keeps what the user's own environment hands to Node", () => {
  const env = devEnvironment({ NODE_OPTIONS: "--require ./mine.cjs", PATH: "/bin" }, options);
  expect(env["NODE_OPTIONS"]).toMatch(
    /^--require \.\/mine\.cjs --require="\/\S+end-with-cli\.ts"$/,
  );
  expect(env["PATH"]).toBe(`${path.dirname(process.execPath)}:/bin`);
  expect(env["SSL_CERT_FILE"]).toBe("/authority.pem");
});
