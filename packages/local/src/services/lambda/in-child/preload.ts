/**
 * Loaded into every execution environment before SST's runtime client: formats console calls as
 * Lambda does, and ends the environment on unhandled errors.
 */
import { subscribe } from "node:diagnostics_channel";
import { writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { isMainThread } from "node:worker_threads";
import { stayLocal } from "../../../processes/stay-local.ts";
import { type Frame, TELEMETRY_FD } from "./frames.ts";
import { errorAsText, jsonLine, textLine } from "./log-line.ts";

/** Where the runtime client gets the next invocation from, at the end of its path. */
const nextInvocation = "/runtime/invocation/next";

/** Where the runtime client keeps the id of the current request, as Lambda's own does. */
const REQUEST_ID = Symbol.for("aws.lambda.runtime.requestId");

stayLocal();

// A worker thread of the handler loads this file as well: the parent's pipes are not its own.
if (isMainThread) {
  cleanEnvironment();
  const json = process.env["AWS_LAMBDA_LOG_FORMAT"] === "JSON";
  patchConsole(json ? jsonLine : textLine);
  endOnUnhandledErrors(json);
  passTraceHeader();
  flushCompileCache();
}

/** Child processes of the handler inherit neither this file nor the compile cache. */
function cleanEnvironment(): void {
  process.execArgv.splice(0);
  delete process.env["NODE_COMPILE_CACHE"];
}

function patchConsole(formatLine: typeof jsonLine): void {
  const logAt =
    (level: string) =>
    (...parameters: unknown[]): void => {
      const timestamp = new Date();
      const id: unknown = Reflect.get(globalThis, REQUEST_ID);
      const requestId = typeof id === "string" ? id : undefined;
      const text = formatLine({ timestamp, level, requestId }, parameters);
      send({ kind: "log", timestamp: timestamp.getTime(), text });
    };
  const info = logAt("INFO");
  Object.assign(console, {
    trace: logAt("TRACE"),
    debug: logAt("DEBUG"),
    info,
    log: info,
    warn: logAt("WARN"),
    error: logAt("ERROR"),
    fatal: logAt("FATAL"),
  });
}

/**
 * As Lambda's own runtime client does (its index.mjs). SST's client registers listeners too, later;
 * these come first and do not return to it. What the handler has started ends as well.
 */
function endOnUnhandledErrors(json: boolean): void {
  const end = (title: string, error: Error): void => {
    try {
      if (json) console.error(error);
      else console.error(title, errorAsText(error));
      const { name: errorType, message: errorMessage, stack = "" } = error;
      send({ kind: "fatal", error: { errorType, errorMessage, trace: stack.split("\n") } });
    } finally {
      process.kill(-process.pid, "SIGKILL");
    }
  };
  process.on("uncaughtException", (thrown: unknown) => {
    end("Uncaught Exception", thrown instanceof Error ? thrown : new Error(String(thrown)));
  });
  process.on("unhandledRejection", (reason) => {
    end("Unhandled Promise Rejection", new UnhandledPromiseRejection(reason));
  });
}

/**
 * Sets the variable of the tracing header for each invocation (documented: LAMBDA/runtimes-api), which
 * SST's client does not.
 */
function passTraceHeader(): void {
  subscribe("undici:request:headers", (message) => {
    if (!isResponse(message) || !message.request.path.endsWith(nextInvocation)) return;
    const texts = message.response.headers.map(String);
    const name = texts.findIndex((text) => text.toLowerCase() === "lambda-runtime-trace-id");
    process.env["_X_AMZN_TRACE_ID"] = texts[name + 1] ?? "";
  });
}

/** What Node's `fetch` tells of a response (documented: nodejs/undici). */
interface ResponseMessage {
  readonly request: { readonly path: string };
  readonly response: { readonly headers: readonly unknown[] };
}

function isResponse(message: unknown): message is ResponseMessage {
  const { request, response } = Object(message);
  return typeof request?.path === "string" && Array.isArray(response?.headers);
}

class UnhandledPromiseRejection extends Error {
  override readonly name = "Runtime.UnhandledPromiseRejection";
  readonly reason: unknown;

  constructor(reason: unknown) {
    super(String(reason));
    this.reason = reason;
  }
}

/** Synchronous, so that a frame is in the pipe before the invocation's response. */
function send(frame: Frame): void {
  const bytes = Buffer.from(`${JSON.stringify(frame)}\n`);
  let written = 0;
  while (written < bytes.length) written += writeSync(TELEMETRY_FD, bytes, written);
}
