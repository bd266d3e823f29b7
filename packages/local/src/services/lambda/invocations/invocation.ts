/** An invocation of a function, and its result. */
import type { FunctionSettings } from "../functions/function.ts";

/** Why an invocation failed; `throttled` and `notFound` mean that no code ran. */
export type FailureKind = "function" | "timeout" | "exit" | "init" | "throttled" | "notFound";

/** A failed invocation. `payload` is the error as JSON: errorType, errorMessage and maybe trace. */
export interface InvocationFailure {
  readonly ok: false;
  readonly requestId: string;
  readonly kind: FailureKind;
  readonly errorType: string;
  readonly payload: string;
}

/** The result of an invocation. `payload` is JSON. */
export type InvocationResult =
  { readonly ok: true; readonly requestId: string; readonly payload: string } | InvocationFailure;

/** One request to a function. */
export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  readonly trace: AttemptTrace;
}

/** What goes with an invocation besides its payload. */
export interface InvokeOptions {
  /** The tracing header; default: none. */
  readonly trace?: string;
}

/** From when to when; milliseconds since 1970. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What an environment did for an invocation. */
export interface Run {
  /** Only the first invocation of an environment has it. */
  readonly init: Span | undefined;
  /** Undefined where the environment never received the invocation. */
  readonly invocation: Span | undefined;
  readonly endedAt: number;
  readonly result: InvocationResult;
}

/** The trace of one attempt to run a function. */
export interface AttemptTrace {
  /** The header for the runtime: its parent is the function's segment. */
  readonly header: string;
  /** Told what an environment did. */
  ran(run: Run): void;
}

/** The trace of an invocation. */
export interface InvocationTrace {
  /** The header for what Lambda itself sends on: its parent is Lambda's segment. */
  readonly header: string;
  begin(settings: FunctionSettings): AttemptTrace & { end(result: InvocationResult): void };
}

/** An attempt to run a function. */
export interface Attempt {
  readonly functionArn: string;
  readonly requestId: string;
  readonly payload: string;
  readonly trace: InvocationTrace;
}
