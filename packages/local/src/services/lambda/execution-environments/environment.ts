/**
 * An execution environment: a process that handles one invocation after the other. It is started
 * for a first invocation, which waits for it, and polls the Runtime API.
 */
import { randomUUID } from "node:crypto";
import type { Child, ChildOptions } from "./child.ts";
import {
  exited,
  initTimedOut,
  reported,
  responseTooLarge,
  timedOut,
} from "../invocations/failures.ts";
import type { ProcessEnd } from "../invocations/failures.ts";
import type { RuntimeError } from "../in-child/frames.ts";
import { errorLine, reportLines, startLine } from "./platform-log.ts";
import type { RuntimeApiTarget, RuntimeInvocation } from "./runtime-api.ts";
import type { EndedInvocation } from "../metrics.ts";
import type { FunctionVersion } from "../functions/function.ts";
import type { Invocation, InvocationResult, Span } from "../invocations/invocation.ts";

/** SST's runtime client exits after 60 s without an invocation, even if one arrives just then. */
const IDLE_LIMIT_MS = 50_000;

/** An environment, as the pool uses it. */
export interface Environment extends RuntimeApiTarget {
  /** A secret: a caller that knows it can respond for the function. */
  readonly id: string;
  /**
   * Runs one invocation at a time. Undefined when the environment had ended before it received the
   * invocation: no code has run, and another environment can.
   */
  invoke(invocation: Invocation): Promise<InvocationResult | undefined>;
  /** False once it is going to end. */
  isOpen(): boolean;
  /** Kills it; a running invocation fails. */
  kill(): void;
  readonly ended: Promise<void>;
}

/** The options of an environment. */
interface EnvironmentOptions {
  readonly version: FunctionVersion;
  readonly logStream: string;
  readonly initLimitMs: number;
  /** Whether it is frozen between invocations, as on AWS; not while a debugger is attached. */
  readonly freezes: boolean;
  readonly now: () => number;
  /** Appends a line to the environment's log stream. */
  readonly log: (text: string, timestamp: number) => void;
  /** Told of each invocation that ran. */
  readonly onEnded: (invocation: EndedInvocation) => void;
  /** Told of each invocation before it runs. */
  readonly onInvoke: () => void;
  readonly start: (
    id: string,
    listeners: Pick<ChildOptions, "onLine" | "onFatal" | "onExit">,
  ) => Child;
}

interface Time {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The same by the clock that measures. */
  readonly begunAt: number;
  readonly deadline: number;
  readonly timer: NodeJS.Timeout;
}

interface Running {
  readonly invocation: Invocation;
  /** In milliseconds since 1970. */
  readonly begunAt: number;
  readonly resolve: (result: InvocationResult | undefined) => void;
  /** Set when its timeout begins; undefined while the environment starts. */
  time?: Time;
  /** Whether the runtime client has received it. */
  taken?: true;
}

/** Starts an environment; `invoke` may be called at once. */
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
  let poll: ((work: RuntimeInvocation | undefined) => void) | undefined;
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

  /** The invocation's timeout begins when the environment is ready for it. */
  function begin({ requestId }: Invocation): Time {
    const at = now();
    const timeoutMs = settings.timeoutSeconds * 1000;
    const timer = setTimeout(() => {
      finish(() => timedOut(requestId, settings.timeoutSeconds));
      kill();
    }, timeoutMs);
    log(startLine(settings, requestId, new Date(at)), at);
    return { at, begunAt: performance.now(), deadline: at + timeoutMs, timer };
  }

  function dispatch(): void {
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
    const finishedAt = performance.now();
    const durationMs = done.time === undefined ? 0 : finishedAt - done.time.begunAt;
    const memoryMb = child.peakMemoryMb();
    const initDurationMs = reportedInitMs ? undefined : (initMs ?? finishedAt - startedAt);
    reportedInitMs = true;
    // What the code logged before its response is read in this turn of the event loop.
    setImmediate(() => {
      const at = new Date(now());
      const measured = { durationMs, memoryMb, initDurationMs };
      for (const line of reportLines(settings, result, measured, at)) log(line, at.getTime());
      const { name: functionName } = settings;
      options.onEnded({ functionName, isError: !result.ok, begunAt: done.begunAt, durationMs });
      const { at: begun, begunAt } = done.time ?? { at: at.getTime(), begunAt: performance.now() };
      const span = (start: number, ms: number) => spanFrom(begun + start - begunAt, ms);
      done.invocation.trace.ran({
        init: initDurationMs === undefined ? undefined : span(startedAt, initDurationMs),
        invocation: done.time && span(begunAt, durationMs),
        endedAt: span(performance.now(), 0).end,
        result,
      });
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

  /** Completes the current invocation, if it has this request id. */
  function complete(requestId: string, resultOf: () => InvocationResult): boolean {
    if (running?.taken !== true || running.invocation.requestId !== requestId) return false;
    finish(resultOf);
    return true;
  }

  function invoke(invocation: Invocation): Promise<InvocationResult | undefined> {
    clearTimeout(idleTimer);
    if (!open) return Promise.resolve(undefined);
    options.onInvoke();
    const { promise, resolve } = Promise.withResolvers<InvocationResult | undefined>();
    running = { invocation, begunAt: now(), resolve };
    // A warm environment that never polls for it must not hold the invocation for ever.
    if (initMs !== undefined) running.time = begin(invocation);
    dispatch();
    return promise;
  }

  function next(): Promise<RuntimeInvocation | undefined> {
    clearTimeout(initTimer);
    initMs ??= performance.now() - startedAt;
    poll?.(undefined);
    const { promise, resolve } = Promise.withResolvers<RuntimeInvocation | undefined>();
    poll = resolve;
    dispatch();
    // Polling for the next invocation ends the last one; its unfinished work is frozen until then
    // (LAMBDA/lambda-runtime-environment).
    if (options.freezes && running === undefined) child.freeze();
    return promise;
  }

  function fail(requestId: string, error: RuntimeError): boolean {
    return complete(requestId, () => {
      const at = new Date(now());
      log(errorLine(settings, "Invoke Error", requestId, error, at), at.getTime());
      return reported("function", requestId, error);
    });
  }

  function failInit(error: RuntimeError): boolean {
    if (initMs !== undefined) return false;
    const at = new Date(now());
    const requestId = running?.invocation.requestId ?? "";
    log(errorLine(settings, "Uncaught Exception", requestId, error, at), at.getTime());
    finish(() => reported("init", requestId, error));
    kill();
    return true;
  }

  return {
    id,
    version,
    logStream,
    ended,
    isOpen: () => open,
    kill,
    invoke,
    next,
    succeed: (requestId, payload) => complete(requestId, () => ({ ok: true, requestId, payload })),
    failTooLarge: (requestId) => complete(requestId, () => responseTooLarge(requestId)),
    fail,
    failInit,
  };
}

function spanFrom(start: number, milliseconds: number): Span {
  return { start, end: start + milliseconds };
}
