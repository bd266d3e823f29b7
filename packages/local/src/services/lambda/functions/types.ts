/** The types of the Lambda service: functions, invocations and their results. */

/** The configuration of a function. */
export interface FunctionSettings {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** File without its ending and exported name: `bundle.handler`. */
  readonly handler: string;
  readonly code: { /** Path of the archive. */ readonly zipFile: string };
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly runtime: string;
  readonly logFormat: "JSON" | "Text";
  readonly logGroup: string;
  /** The reserved concurrency; unlimited when absent. */
  readonly reservedConcurrency?: number;
}

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

/** A version of a function: its settings and its unpacked code. */
export interface FunctionVersion {
  readonly settings: FunctionSettings;
  readonly codeFolder: string;
}
