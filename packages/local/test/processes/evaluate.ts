/** Expressions in a process under the local cloud. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { Listener } from "../../src/http/listen.ts";

const preload = fileURLToPath(
  new URL("../../src/processes/stay-local-preload.ts", import.meta.url),
);

/** Where a process finds things. */
interface Surroundings {
  readonly folder: string;
  /** What a process that is started without code of its own prints the answer of. */
  readonly url: string;
  /** The variables under which the local cloud starts a process. */
  readonly variables: NodeJS.ProcessEnv;
  readonly elsewhere: Listener;
}

/** Evaluates expressions in one process: each to its value, or to its error's message. */
export async function evaluate(
  expressions: readonly string[],
  { folder, url, variables, elsewhere }: Surroundings,
): Promise<ReadonlyMap<string, unknown>> {
  const print = `fetch("${url}").then((response) => response.text()).then(console.log);`;
  const file = path.join(folder, "child.cjs");
  fs.writeFileSync(
    file,
    `const { execFileSync } = require("node:child_process");
    if (process.argv[2]) console.log(String(execFileSync(process.execPath, [process.argv[2]])));
    else ${print}`,
  );
  const source = `
    import { exec, execFile, execFileSync, execSync, fork, spawn, spawnSync } from "node:child_process";
    import dgram from "node:dgram";
    import dns, { resolve4 } from "node:dns";
    import { Resolver } from "node:dns/promises";
    import http from "node:http";
    import http2 from "node:http2";
    import https, { request } from "node:https";
    import net from "node:net";
    import tls, { connect } from "node:tls";
    import { promisify } from "node:util";
    import { Worker } from "node:worker_threads";
    const [node, file, print] = ${JSON.stringify([process.execPath, file, print])};
    const [elsewhere, port] = ${JSON.stringify([elsewhere.url, elsewhere.port])};
    const agent = new https.Agent();
    const body = (response) => response.text();
    const get = (client, ...args) => new Promise((resolve, reject) => {
      client(...args, async (response) => resolve((await response.toArray()).join(""))).on("error", reject).end();
    });
    const reach = (socket) => new Promise((resolve, reject) => {
      socket.on("error", reject).on("secureConnect", () => { socket.end(); resolve(socket.servername); });
    });
    const session = (url) => new Promise((_, reject) => http2.connect(url).on("error", reject));
    const datagram = (host) => new Promise((_, reject) => {
      const socket = dgram.createSocket("udp4");
      socket.send("a", 53, host, (error) => { socket.close(); reject(error); });
    });
    const threads = \`
      const { parentPort, Worker, workerData: { url, depth, code } } = require("node:worker_threads");
      if (depth > 1) new Worker(code, { eval: true, workerData: { url, depth: depth - 1, code } }).once("message", (found) => parentPort.postMessage(found));
      else fetch(url).then((response) => response.text()).then((found) => parentPort.postMessage(found));\`;
    const inThread = (url, depth = 1, options = { env: {} }) => new Promise((resolve, reject) => {
      new Worker(threads, { eval: true, workerData: { url, depth, code: threads }, ...options })
        .on("message", resolve).on("error", reject);
    });
    const output = async ({ stdout }) => (await stdout.setEncoding("utf8").toArray()).join("").trim();
    const innermost = (error) => error.cause ? innermost(error.cause) : error.message;
    const settle = (run) => run().then((value) => typeof value === "string" ? value.trim() : value, innermost);
    const results = [${expressions.map((each) => `settle(async () => ${each})`).join(",")}];
    process.stdout.write(JSON.stringify(await Promise.all(results)), () => process.exit());`;
  const program = path.join(folder, "program.mjs");
  fs.writeFileSync(program, source);
  const child = spawn(process.execPath, ["--require", preload, program], {
    env: variables,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const printed = text(child.stdout);
  await once(child, "close");
  const values = z.array(z.unknown()).parse(JSON.parse(await printed));
  return new Map(expressions.map((expression, at) => [expression, values[at]]));
}
