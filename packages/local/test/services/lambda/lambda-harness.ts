/** A Lambda service over a real listener, with small handlers zipped on the spot. */
import { createRequestRecorder } from "../../../src/requests/recorder.ts";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { strToU8, zipSync } from "fflate";
import * as z from "zod";
import type { LambdaOptions, LambdaService } from "../../../src/services/lambda/ports.ts";
import { createLambdaService } from "../../../src/services/lambda/service.ts";
import type { FunctionSettings } from "../../../src/services/lambda/functions/function.ts";
import {
  createLogGroups,
  type LogGroups,
} from "../../../src/services/cloudwatch-logs/log-groups.ts";
import { createMeasurements, type Measurements } from "../../support/measurements.ts";
import { shortWait } from "../../support/short-waits.ts";
import { createGate, type Gate } from "./gate.ts";

export const region = "us-east-1";
export const account = "000000000000";

const runtimeClient = fileURLToPath(
  new URL("../../../../../.sst/platform/dist/nodejs-runtime/index.js", import.meta.url),
);

export interface TestLambda {
  readonly lambda: LambdaService;
  readonly logs: LogGroups;
  /** Requests of handlers to the AWS endpoint wait here until the test lets them go on. */
  readonly gate: Gate;
  readonly folder: string;
  readonly measurements: Measurements;
  /** Base URL of the Runtime API. */
  readonly runtimeUrl: string;
  /** What went to destinations. */
  readonly delivered: { readonly arn: string; readonly body: unknown }[];
  /** Puts a function whose bundle.mjs is `source`; returns its ARN. */
  put(source: string, settings?: Partial<FunctionSettings>): Promise<string>;
  stop(): Promise<void>;
}

export async function startLambda(overrides: Partial<LambdaOptions> = {}): Promise<TestLambda> {
  const folder = await mkdtemp(join(tmpdir(), "lambda-test-"));
  const logs = createLogGroups();
  const gate = createGate();
  const measurements = createMeasurements();
  const delivered: TestLambda["delivered"] = [];
  const { promise: address, resolve } = Promise.withResolvers<string>();
  const server = serve({ fetch: answer, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
    resolve(`127.0.0.1:${String(port)}`),
  );
  const host = await address;
  const lambda = createLambdaService({
    requests: createRequestRecorder(),
    region,
    runtimeApi: () => `${host}/runtime`,
    awsEndpoint: () => `http://${host}`,
    runtimeClient,
    stateFolder: join(folder, "state"),
    compileCache: join(process.env["NODE_COMPILE_CACHE"] ?? folder, "functions"),
    logs,
    measure: measurements.measure,
    deliverTo: (arn, { body }) => {
      delivered.push({ arn, body: JSON.parse(body) });
      return Promise.resolve();
    },
    wait: shortWait,
    ...overrides,
  });

  function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (!url.pathname.startsWith("/runtime/")) return gate.answer(url);
    url.pathname = url.pathname.slice("/runtime".length);
    return lambda.runtimeApi(new Request(url, request));
  }

  return {
    lambda,
    logs,
    gate,
    folder,
    measurements,
    delivered,
    runtimeUrl: `http://${host}/runtime`,
    async put(source, settings = {}) {
      const complete = settingsOf(await zipOf(folder, { "bundle.mjs": source }), settings);
      await lambda.putFunction(complete);
      return complete.arn;
    },
    async stop() {
      await lambda.stop();
      gate.open();
      await new Promise((closed) => server.close(closed));
      await rm(folder, { recursive: true });
    },
  };
}

let archives = 0;

/** Writes an archive of text files, the same for the same files; returns its path. */
export async function zipOf(folder: string, files: Record<string, string>): Promise<string> {
  archives += 1;
  const path = join(folder, `code-${String(archives)}.zip`);
  const bytes = Object.entries(files).map(([name, text]) => [name, strToU8(text)] as const);
  await writeFile(path, zipSync(Object.fromEntries(bytes), { mtime: "2026-01-01" }));
  return path;
}

/** Complete settings of a function named `Function` unless `settings` say otherwise. */
export function settingsOf(
  zipFile: string,
  settings: Partial<FunctionSettings> = {},
): FunctionSettings {
  const { name = "Function" } = settings;
  return {
    name,
    arn: `arn:aws:lambda:${region}:${account}:function:${name}`,
    roleArn: `arn:aws:iam::${account}:role/${name}`,
    handler: "bundle.handler",
    code: { zipFile },
    environment: {},
    timeoutSeconds: 10,
    memoryMb: 256,
    runtime: "nodejs24.x",
    logFormat: "JSON",
    logGroup: `/aws/lambda/${name}`,
    tracing: "PassThrough",
    ...settings,
  };
}

/** Invokes and returns the parsed answer; fails the test when the invocation failed. */
export async function answerOf(
  lambda: LambdaService,
  arn: string,
  event: unknown = {},
): Promise<unknown> {
  const result = await lambda.invoke(arn, JSON.stringify(event));
  if (!result.ok) throw new Error(`The invocation failed: ${result.payload}`);
  return JSON.parse(result.payload);
}

const line = z.record(z.string(), z.unknown());

/** The JSON lines of the function's log group. */
export function jsonLog(logs: LogGroups, group = "/aws/lambda/Function"): z.infer<typeof line>[] {
  return logs.read(group).map(({ message }) => line.parse(JSON.parse(message)));
}

/** The error in a failed result. */
export function errorIn(payload: string): { errorType: string; errorMessage: string } {
  return z.object({ errorType: z.string(), errorMessage: z.string() }).parse(JSON.parse(payload));
}
