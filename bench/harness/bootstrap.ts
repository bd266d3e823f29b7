/**
 * What runs in the measured process, the same for every handler: loads the handler and asks the
 * Runtime API for events over plain sockets, so that no handler finds node:http loaded by us.
 * Built to one CommonJS file, since stripping types would count as the handler's time.
 */
import { writeSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { headerOf, readMessages, writeMessage, type HttpMessage } from "./http-messages.ts";

type Handler = (event: unknown, context: object) => Promise<unknown>;

const base = "/2018-06-01/runtime";
const address = process.env["AWS_LAMBDA_RUNTIME_API"] ?? "";
const [host = "", port = ""] = address.split(":");

/** As Lambda's JSON log format: one line for each call, on standard output. */
function patchConsole(): void {
  for (const level of ["log", "debug", "info", "warn", "error"] as const) {
    console[level] = (message: unknown) => {
      const line = { timestamp: new Date().toISOString(), level: level.toUpperCase(), message };
      writeSync(1, `${JSON.stringify(line)}\n`);
    };
  }
}

async function loadHandler(): Promise<Handler> {
  const [file = "", name = ""] = (process.env["_HANDLER"] ?? "").split(".");
  const path = join(process.env["LAMBDA_TASK_ROOT"] ?? "", `${file}.mjs`);
  const loaded: unknown = await import(pathToFileURL(path).href);
  const handler: unknown = Reflect.get(Object(loaded), name);
  if (typeof handler !== "function") throw new Error(`${path} exports no ${name}.`);
  return async (event, context) => Reflect.apply(handler, undefined, [event, context]);
}

function ignore(_message: HttpMessage): void {}

/** One loop: an event after the other, on one connection. */
function poll(handler: Handler): void {
  const socket = connect(Number(port), host);
  socket.setNoDelay(true);
  let answer = ignore;
  readMessages(socket, (message) => answer(message));
  const ask = (): void => {
    answer = (message) => void handle(message);
    send(socket, `GET ${base}/invocation/next`, "");
  };
  const handle = async ({ head, body }: HttpMessage): Promise<void> => {
    const id = headerOf(head, "lambda-runtime-aws-request-id") ?? "";
    answer = ask;
    try {
      const result = await handler(JSON.parse(body), contextOf(id));
      const memory = headerOf(head, "x-report-memory") === undefined ? {} : memoryHeaders();
      send(socket, `POST ${base}/invocation/${id}/response`, JSON.stringify(result), memory);
    } catch (error) {
      send(socket, `POST ${base}/invocation/${id}/error`, describe(error));
    }
  };
  // The harness is gone: so is the reason to run.
  socket.on("close", () => process.exit(0));
  ask();
}

/** Each call carries the CPU time of this process so far, in microseconds, all threads together. */
function send(
  socket: Socket,
  request: string,
  body: string,
  headers: Readonly<Record<string, number>> = {},
): void {
  const { user, system } = process.cpuUsage();
  const all = { host: address, "x-cpu-us": user + system, ...headers };
  socket.write(writeMessage(`${request} HTTP/1.1`, all, body));
}

function memoryHeaders(): Record<string, number> {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") Reflect.apply(collect, undefined, []);
  const { heapUsed, rss } = process.memoryUsage();
  return { "x-heap": heapUsed, "x-rss": rss };
}

function contextOf(awsRequestId: string): object {
  const functionName = process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? "";
  return {
    awsRequestId,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => 10_000,
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function main(): Promise<void> {
  patchConsole();
  const handler = await loadHandler();
  const loops = Number(process.env["BENCH_LOOPS"]);
  for (let loop = 0; loop < loops; loop++) poll(handler);
}

main().catch((error: unknown) => {
  writeSync(2, `${describe(error)}\n`);
  process.exit(1);
});
