/** A handler's process: what an execution environment is on Lambda. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as z from "zod";
import { startRuntimeApi, type Answer, type Moment } from "./runtime-api.ts";

/** What to start. */
export interface SandboxOptions {
  /** The built bootstrap. */
  readonly bootstrap: string;
  /** The unpacked code, and `FILE.EXPORT` in it. */
  readonly folder: string;
  readonly handler: string;
  /** The function's own variables and those of the AWS clients; nothing else is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  /** How many events it takes at once; Lambda's is 1. */
  readonly loops: number;
}

/** A started process. What waits for it rejects when it ends, or does not answer in 30 seconds. */
export interface Sandbox {
  /** `performance.now()` before the process was made. */
  readonly startedAt: number;
  readonly pid: number;
  /** Waits until it asks for an event for the first time: the end of its init phase. */
  initialize(): Promise<Moment>;
  /** Gives it one event. Rejects when the handler throws. */
  invoke(event: string, options?: { reportMemory?: boolean }): Promise<Answer>;
  stop(): Promise<void>;
}

const deadlineMs = 30_000;

/** Starts a process. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { bootstrap, folder, handler, environment, memoryMb, loops } = options;
  const api = await startRuntimeApi();
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${Math.floor(memoryMb * 0.9)}`, bootstrap],
    {
      cwd: folder,
      env: {
        ...environment,
        AWS_LAMBDA_RUNTIME_API: api.address,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: handler,
        BENCH_LOOPS: String(loops),
      },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));

  /** What waits for the process, to be told when it fails. */
  const waiting = new Set<(error: Error) => void>();
  let failure: Error | undefined;
  const fail = (reason: string) => {
    failure ??= new Error(`${folder}: ${reason} ${complaint}`.trim());
    for (const reject of waiting) reject(failure);
  };
  const ended = once(child, "close").then(() => fail("the process ended."));

  const within = async <T>(promise: Promise<T>): Promise<T> => {
    if (failure !== undefined) throw failure;
    const failing = Promise.withResolvers<never>();
    const timer = setTimeout(() => fail("there was no answer in time."), deadlineMs);
    waiting.add(failing.reject);
    try {
      return await Promise.race([promise, failing.promise]);
    } finally {
      clearTimeout(timer);
      waiting.delete(failing.reject);
    }
  };

  return {
    startedAt,
    pid: z.number().parse(child.pid),
    initialize: () => within(api.initialized),
    invoke: (event, { reportMemory = false } = {}) => within(api.deliver(event, reportMemory)),
    async stop() {
      child.kill("SIGKILL");
      await ended;
      api.close();
    },
  };
}
