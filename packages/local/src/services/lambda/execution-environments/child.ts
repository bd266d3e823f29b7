/** The process of an execution environment: SST's unmodified runtime client. */
import { spawn } from "node:child_process";
import path from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { killWithParent } from "../../../processes/process-reaper.ts";
import type { ProcessEnd } from "../invocations/failures.ts";
import { type Frame, type RuntimeError, TELEMETRY_FD } from "../in-child/frames.ts";
import { eachLine } from "./lines.ts";
import { readPeakMemoryMb } from "./peak-memory.ts";
import type { FunctionVersion } from "../functions/function.ts";

const PRELOAD = fileURLToPath(new URL("../in-child/preload.ts", import.meta.url));

const frameSchema: z.ZodType<Frame> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("log"), timestamp: z.number(), text: z.string() }),
  z.object({
    kind: z.literal("fatal"),
    error: z.object({
      errorType: z.string(),
      errorMessage: z.string(),
      trace: z.array(z.string()),
    }),
  }),
]);

/** The options of the process, and its listeners. */
export interface ChildOptions {
  readonly version: FunctionVersion;
  /** Path of the runtime client's module. */
  readonly runtimeClient: string;
  /** Whether a debugger can attach; the process prints the address. */
  readonly inspect: boolean;
  /** The whole environment of the process: nothing is inherited. */
  readonly variables: Readonly<Record<string, string>>;
  /** Called for each line of output; without a timestamp unless it was a console call. */
  readonly onLine: (text: string, timestamp?: number) => void;
  /** Called before the process ends because of an unhandled error. */
  readonly onFatal: (error: RuntimeError) => void;
  /** Called when the process has ended; output of it may still come. */
  readonly onExit: () => void;
}

/** A started process. */
export interface Child {
  /** Resolves once the process has ended and its output was read. */
  readonly ended: Promise<ProcessEnd>;
  /** Kills the process and everything that it started. */
  kill(): void;
  /** Suspends the process and everything that it started, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** The peak memory of the process; undefined except on Linux. */
  peakMemoryMb(): number | undefined;
}

/** Starts the process. One that cannot be started ends with code 127 and a line with the reason. */
export function startChild(options: ChildOptions): Child {
  const { version, runtimeClient, inspect, variables, onLine } = options;
  const { handler, memoryMb } = version.settings;
  const child = spawn(
    process.execPath,
    [
      "--enable-source-maps",
      ...(inspect ? ["--inspect=127.0.0.1:0"] : []),
      `--max-old-space-size=${String(Math.floor(memoryMb * 0.9))}`,
      // Node imports nothing into threads that are started with a text.
      "--require",
      PRELOAD,
      runtimeClient,
      path.join(version.codeFolder, handler),
    ],
    {
      cwd: version.codeFolder,
      env: { ...variables },
      // Its own process group, so that what the handler starts can be killed with it.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    },
  );
  const { promise: ended, resolve } = Promise.withResolvers<ProcessEnd>();
  const signal = (name: NodeJS.Signals): void => signalGroup(child.pid, name);
  let frozen = false;
  const unwatch = killWithParent(child.pid);

  readLines(child.stdio[1], (line) => onLine(line));
  readLines(child.stdio[2], (line) => onLine(line));
  readLines(child.stdio[TELEMETRY_FD], (line) => onFrame(line, options));

  child.on("error", (error) => {
    onLine(`The execution environment could not be started: ${error.message}`);
    resolve({ code: 127, signal: null });
  });
  child.on("exit", (code, endedBy) => {
    options.onExit();
    signal("SIGKILL");
    unwatch();
    // What the process wrote before its end is read in this turn of the event loop.
    setImmediate(() => resolve({ code, signal: endedBy }));
  });

  function thaw(): void {
    if (!frozen) return;
    frozen = false;
    signal("SIGCONT");
  }

  return {
    ended,
    kill: () => signal("SIGKILL"),
    freeze() {
      frozen = true;
      signal("SIGSTOP");
    },
    thaw,
    peakMemoryMb: () => (child.pid === undefined ? undefined : readPeakMemoryMb(child.pid)),
  };
}

/** A process that could not be started has no pipes. */
function readLines(pipe: unknown, onLine: (line: string) => void): void {
  if (pipe instanceof Readable) eachLine(pipe, onLine);
}

function onFrame(line: string, { onLine, onFatal }: ChildOptions): void {
  const frame = parseFrame(line);
  // Written to the pipe by the function's own code: passed on as output.
  if (frame === undefined) onLine(line);
  else if (frame.kind === "log") onLine(frame.text, frame.timestamp);
  else onFatal(frame.error);
}

function parseFrame(line: string): Frame | undefined {
  try {
    return frameSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function signalGroup(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // The group is empty: everything has ended.
  }
}
