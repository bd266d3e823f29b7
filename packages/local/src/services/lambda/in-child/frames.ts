/** The frames that an execution environment sends over its telemetry pipe. */

/** The pipe's descriptor in the environment; one JSON frame a line. */
export const TELEMETRY_FD = 3;

/** An error in the form of the Runtime API. */
export interface RuntimeError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** A formatted console call, or the error that ends the environment. */
export type Frame =
  | { readonly kind: "log"; readonly timestamp: number; readonly text: string }
  | { readonly kind: "fatal"; readonly error: RuntimeError };
