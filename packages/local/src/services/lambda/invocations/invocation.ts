/** An invocation of a function, and its result. */

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
}
