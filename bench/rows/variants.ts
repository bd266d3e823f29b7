/** The variants of ExternalLambda: from the plain app to what is shipped, one part of cold-start after the other. */

/** A function that SST builds. */
export interface Variant {
  /** Its name in the stacks. */
  readonly functionName: string;
  /** What to build it from, unless the app's stacks have it. */
  readonly source?: {
    readonly handler: string;
    /** A file of esbuild plugins. */
    readonly plugins?: string;
  };
}

/** Every variant. Only the first has the app's plain entry point; the others have that of cold-start. */
export const variants = {
  plain: {
    functionName: "BenchPlain",
    source: { handler: "packages/functions/src/external.handler" },
  },
  initTasks: {
    functionName: "BenchInitTasks",
    source: {
      handler: "packages/cold-start/src/external.handler",
      plugins: "bench/rows/init-tasks-plugins.mjs",
    },
  },
  sdkShims: {
    functionName: "BenchSdkShims",
    source: {
      handler: "packages/cold-start/src/external.handler",
      plugins: "bench/rows/sdk-shims-plugins.mjs",
    },
  },
  shipped: { functionName: "ExternalLambda" },
} as const satisfies Readonly<Record<string, Variant>>;

export type VariantName = keyof typeof variants;
