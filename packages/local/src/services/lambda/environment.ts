/**
 * One execution environment: a process that takes one invocation after the other. It is started
 * for a first invocation, which waits for it, and is driven by the Runtime API from the other side.
 */
import { randomUUID } from "node:crypto";
import type { Child, ChildOptions } from "./child.ts";
import { exited, initTimedOut, reported, responseTooLarge, timedOut } from "./failures.ts";
import type { ProcessEnd } from "./failures.ts";
import type { RuntimeError } from "./in-child/frames.ts";
import { errorLine, reportLines, startLine } from "./platform-log.ts";
import type { RuntimeSide, Work } from "./runtime-api.ts";
import type { FunctionVersion, Invocation, InvocationResult } from "./types.ts";

/** SST's runtime client ends itself, perhaps with an invocation in hand, after 60 s without one. */
const IDLE_LIMIT_MS = 50_000;

/** An environment, as the pool handles it. */
export interface Environment extends RuntimeSide {
  /** Unguessable: whoever knows it can answer for the function. */
  readonly id: string;
  /**
   * Runs one invocation; one at a time. Undefined when the environment turned out to have ended
   * before it took the invocation: no code has seen it, and another environment may.
   */
  invoke(invocation: Invocation): Promise<InvocationResult | undefined>;
  /** False from the moment at which it is bound to end. */
  isOpen(): boolean;
  /** Ends it at once; an invocation in hand fails. */
  kill(): void;
  readonly ended: Promise<void>;
}

/** What an environment needs. */
interface EnvironmentOptions {
  readonly version: FunctionVersion;
  readonly logStream: string;
  readonly initLimitMs: number;
  /** Whether its code rests between invocations, as on AWS; nobody could debug it there. */
  readonly freezes: boolean;
  readonly now: () => number;
  /** Appends a line to the environment's log stream. */
  readonly log: (text: string, timestamp: number) => void;
  readonly start: (
    id: string,
    listeners: Pick<ChildOptions, "onLine" | "onFatal" | "onExit">,
  ) => Child;
}

interface Time {
  readonly begunAt: number;
  readonly deadline: number;
  readonly timer: NodeJS.Timeout;
}

interface Running {
  readonly invocation: Invocation;
  readonly resolve: (result: InvocationResult | undefined) => void;
  /** Set when its time begins; undefined while the environment starts. */
  time?: Time;
  /** The runtime client has it. */
  taken?: true;
}

/** Starts an environment; the first invocation may be given to it at once. */
export function startEnvironment(options: EnvironmentOptions): Environment {
  const { version, logStream, now, log, initLimitMs } = options;
  const { settings } = version;
  const id = randomUUID();
  const startedAt = performance.now();
  let initMs: number | undefined;
  let reportedInitMs = false;
  let fatal: RuntimeError | undefined;
  let open = true;
  let running: Running | undefined;
  let poll: ((work: Work | undefined) => void) | undefined;
  let idleTimer: NodeJS.Timeout | undefined;

  const child = options.start(id, {
    onLine: (text, timestamp = now()) => log(text, timestamp),
    onFatal: (error) => {
      open = false;
      fatal = error;
    },
    onExit: () => (open = false),
  });
  const ended = child.ended.then(onEnd);
  const initTimer = setTimeout(() => {
    finish((requestId) => initTimedOut(requestId, initLimitMs / 1000));
    kill();
  }, initLimitMs);

  function kill(): void {
    open = false;
    child.kill();
  }

  /** The invocation's time begins when the environment is ready for it. */
  function begin({ requestId }: Invocation): Time {
    const at = now();
    const timeoutMs = settings.timeoutSeconds * 1000;
    const timer = setTimeout(() => {
      finish(() => timedOut(requestId, settings.timeoutSeconds));
      kill();
    }, timeoutMs);
    log(startLine(settings, requestId, new Date(at)), at);
    return { begunAt: performance.now(), deadline: at + timeoutMs, timer };
  }

  function handOver(): void {
    if (poll === undefined || running === undefined || running.taken === true) return;
    running.time ??= begin(running.invocation);
    running.taken = true;
    child.thaw();
    poll({ ...running.invocation, deadline: running.time.deadline });
    poll = undefined;
  }

  function finish(resultOf: (requestId: string) => InvocationResult): void {
    const done = running;
    if (done === undefined) return;
    running = undefined;
    clearTimeout(done.time?.timer);
    const result = resultOf(done.invocation.requestId);
    const durationMs = done.time === undefined ? 0 : performance.now() - done.time.begunAt;
    const memoryMb = child.peakMemoryMb();
    const initDurationMs = reportedInitMs ? undefined : (initMs ?? performance.now() - startedAt);
    reportedInitMs = true;
    // What the code logged before its answer is read in this turn of the event loop.
    setImmediate(() => {
      const at = new Date(now());
      const measured = { durationMs, memoryMb, initDurationMs };
      for (const line of reportLines(settings, result, measured, at)) log(line, at.getTime());
      if (open) idleTimer = setTimeout(kill, IDLE_LIMIT_MS);
      done.resolve(result);
    });
  }

  function onEnd(end: ProcessEnd): void {
    clearTimeout(initTimer);
    clearTimeout(idleTimer);
    poll?.(undefined);
    if (running !== undefined && initMs !== undefined && running.taken === undefined) {
      clearTimeout(running.time?.timer);
      running.resolve(undefined);
      return;
    }
    const kind = initMs === undefined ? "init" : "exit";
    finish((requestId) =>
      fatal === undefined ? exited(kind, requestId, end) : reported(kind, requestId, fatal),
    );
  }

  /** Ends the current invocation, if the runtime client means that one. */
  function answer(requestId: string, resultOf: () => InvocationResult): boolean {
    if (running?.taken !== true || running.invocation.requestId !== requestId) return false;
    finish(resultOf);
    return true;
  }

  return {
    id,
    version,
    logStream,
    ended,
    isOpen: () => open,
    kill,
    invoke(invocation) {
      clearTimeout(idleTimer);
      if (!open) return Promise.resolve(undefined);
      const { promise, resolve } = Promise.withResolvers<InvocationResult | undefined>();
      running = { invocation, resolve };
      // A warm environment that never asks for it must not hold the invocation for ever.
      if (initMs !== undefined) running.time = begin(invocation);
      handOver();
      return promise;
    },
    next() {
      clearTimeout(initTimer);
      initMs ??= performance.now() - startedAt;
      poll?.(undefined);
      const { promise, resolve } = Promise.withResolvers<Work | undefined>();
      poll = resolve;
      handOver();
      // By asking for the next invocation the runtime says that it is done with the last one; what
      // that left behind waits until then (LAMBDA/lambda-runtime-environment).
      if (options.freezes && running === undefined) child.freeze();
      return promise;
    },
    succeed: (requestId, payload) => answer(requestId, () => ({ ok: true, requestId, payload })),
    answerTooLarge: (requestId) => answer(requestId, () => responseTooLarge(requestId)),
    fail: (requestId, error) =>
      answer(requestId, () => {
        const at = new Date(now());
        log(errorLine(settings, "Invoke Error", requestId, error, at), at.getTime());
        return reported("function", requestId, error);
      }),
    failInit(error) {
      if (initMs !== undefined) return false;
      const at = new Date(now());
      const requestId = running?.invocation.requestId ?? "";
      log(errorLine(settings, "Uncaught Exception", requestId, error, at), at.getTime());
      finish(() => reported("init", requestId, error));
      kill();
      return true;
    },
  };
}
