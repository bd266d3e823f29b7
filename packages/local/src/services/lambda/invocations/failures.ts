/** Failed invocation results, with AWS's error types and messages. */
import type { RuntimeError } from "../in-child/frames.ts";
import { RESPONSE_LIMIT } from "../functions/limits.ts";
import type { FailureKind, InvocationFailure } from "./invocation.ts";

/** How a process ended: by itself with a code, or by a signal. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Names of signals as Lambda, which is written in Go, reports them. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGABRT: "aborted",
  SIGKILL: "killed",
  SIGSEGV: "segmentation fault",
};

/** A failure whose body has no stack. */
export function failure(
  kind: FailureKind,
  requestId: string,
  errorType: string,
  errorMessage: string,
): InvocationFailure {
  const payload = JSON.stringify({ errorType, errorMessage });
  return { ok: false, requestId, kind, errorType, payload };
}

/** An error that the function or its runtime reported. */
export function reported(
  kind: "function" | "init" | "exit",
  requestId: string,
  { errorType, errorMessage, trace }: RuntimeError,
): InvocationFailure {
  const payload = JSON.stringify({ errorType, errorMessage, trace });
  return { ok: false, requestId, kind, errorType, payload };
}

/** The function timed out. */
export function timedOut(requestId: string, timeoutSeconds: number): InvocationFailure {
  return failure("timeout", requestId, "Sandbox.Timedout", taskTimedOut(requestId, timeoutSeconds));
}

function taskTimedOut(requestId: string, seconds: number): string {
  return `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`;
}

/** The init phase timed out. */
export function initTimedOut(requestId: string, seconds: number): InvocationFailure {
  const sentence = `RequestId: ${requestId} Error: Init phase timed out after ${seconds.toFixed(2)} seconds`;
  return failure("init", requestId, "Sandbox.Timedout", sentence);
}

/** The process of the environment exited; messages as in AWS's runtime interface emulator. */
export function exited(
  kind: "exit" | "init",
  requestId: string,
  { code, signal }: ProcessEnd,
): InvocationFailure {
  const cause =
    signal !== null
      ? `with error: signal: ${SIGNALS[signal] ?? signal}`
      : code === 0 || code === null
        ? "without providing a reason"
        : `with error: exit status ${String(code)}`;
  const sentence = `RequestId: ${requestId} Error: Runtime exited ${cause}`;
  return failure(kind, requestId, "Runtime.ExitError", sentence);
}

/** The response is larger than the limit of a synchronous invocation (documented). */
export function responseTooLarge(requestId: string): InvocationFailure {
  const sentence = `Response payload size exceeded maximum allowed payload size (${String(RESPONSE_LIMIT)} bytes).`;
  return failure("function", requestId, "Function.ResponseSizeTooLarge", sentence);
}

/** The function is throttled: its reserved concurrency is exhausted. */
export function throttled(requestId: string): InvocationFailure {
  return failure("throttled", requestId, "TooManyRequestsException", "Rate Exceeded.");
}

/** The function does not exist. */
export function notFound(requestId: string, functionArn: string): InvocationFailure {
  const sentence = `Function not found: ${functionArn}`;
  return failure("notFound", requestId, "ResourceNotFoundException", sentence);
}
