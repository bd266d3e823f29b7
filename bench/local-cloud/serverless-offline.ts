/** The peer of the local cloud: the shipped function behind serverless-offline, which checks nothing itself. */
import fs from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { runInGroup } from "@secure-lambda/local/command-line";
import * as z from "zod";
import { environmentIn, functionName, type RunningApp } from "./running-app.ts";
import { unpackFunction } from "../fixture/unpack.ts";
import { runLoad, type LoadResult } from "./load.ts";
import { greetThrough } from "./measure-cloud.ts";

/** What was measured. */
export interface PeerResults {
  readonly startUpMs: number;
  readonly greeted: readonly LoadResult[];
}

/** What to run. `folder` holds the installed packages; `project` the app whose function is served. */
export interface PeerPlan {
  readonly folder: string;
  readonly project: string;
  readonly connections: readonly number[];
  readonly loadMs: number;
}

/** Serves the function of a running app, whose AWS endpoint its clients call. @throws Error when it cannot start. */
export async function measureServerlessOffline(
  app: RunningApp,
  token: string,
  { folder, project, connections, loadMs }: PeerPlan,
): Promise<PeerResults> {
  const service = path.join(folder, ".service");
  fs.rmSync(service, { recursive: true, force: true });
  unpackFunction(project, "ExternalLambda", service);
  const variables = {
    ...(await environmentIn(app)),
    AWS_ENDPOINT_URL: app.awsUrl,
    AWS_REGION: "us-east-1",
    // The local cloud tells functions apart by their access key.
    AWS_ACCESS_KEY_ID: functionName,
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SESSION_TOKEN: "local",
  };
  fs.writeFileSync(path.join(service, "serverless.json"), JSON.stringify(describe(variables)));
  const [httpPort, lambdaPort] = [await freePort(), await freePort()];

  const stopping = new AbortController();
  const ready = Promise.withResolvers<void>();
  const printed: string[] = [];
  const startedAt = performance.now();
  const ended = runInGroup({
    command: process.execPath,
    args: [
      path.join(folder, "node_modules/serverless/bin/serverless.js"),
      "offline",
      "--noPrependStageInUrl",
      "--host=127.0.0.1",
      `--httpPort=${httpPort}`,
      `--lambdaPort=${lambdaPort}`,
    ],
    cwd: service,
    env: {
      ...variables,
      PATH: process.env["PATH"],
      HOME: service,
      SLS_TELEMETRY_DISABLED: "1",
      SLS_NOTIFICATIONS_MODE: "off",
    },
    signal: stopping.signal,
    onLine(line) {
      if (printed.length < 100) printed.push(line);
      if (line.includes("Server ready")) ready.resolve();
    },
  }).catch(() => null);
  void ended.then(() => ready.reject(new Error(printed.join("\n"))));
  try {
    await ready.promise;
    const startUpMs = performance.now() - startedAt;
    const shot = greetThrough(`http://127.0.0.1:${httpPort}`, token);
    const greeted: LoadResult[] = [];
    for (const count of connections) {
      await runLoad(shot, { connections: count, ms: loadMs });
      greeted.push(await runLoad(shot, { connections: count, ms: loadMs }));
    }
    return { startUpMs, greeted };
  } finally {
    stopping.abort();
    await ended;
    fs.rmSync(service, { recursive: true, force: true });
  }
}

function describe(environment: Readonly<Record<string, string>>) {
  const event = { http: { path: "/lambda1", method: "post" } };
  return {
    service: "bench",
    frameworkVersion: "3",
    // The newest that it knows; it runs on the Node that runs it.
    provider: { name: "aws", runtime: "nodejs20.x", region: "us-east-1", environment },
    plugins: ["serverless-offline"],
    functions: { greet: { handler: "bundle.handler", events: [event] } },
  };
}

/** It must be told its ports. */
async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  await once(server.close(), "close");
  return port;
}
