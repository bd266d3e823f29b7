/** A function's configuration, and a version of it. */

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
  /** Whether invocations are traced that come without a decision about it. */
  readonly tracing: "Active" | "PassThrough";
  /** The reserved concurrency; unlimited when absent. */
  readonly reservedConcurrency?: number;
}

/** A version of a function: its settings and its unpacked code. */
export interface FunctionVersion {
  readonly settings: FunctionSettings;
  readonly codeFolder: string;
}
