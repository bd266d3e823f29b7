/** Which code ExternalLambda starts from: the one place that names packages/cold-start. */
import type { StageSettings } from "../settings/settings.ts";

/** ExternalLambda's handler, and the esbuild plugins of its bundle. */
export interface EntryPoint {
  readonly handler: string;
  readonly plugins?: string;
}

/** `sst dev` always takes the plain entry point: breakpoints are for requests. */
export function entryPointOf({ coldStart }: StageSettings): EntryPoint {
  if (!coldStart || $dev) return { handler: "packages/functions/src/external.handler" };
  return {
    handler: "packages/cold-start/src/external.handler",
    plugins: "packages/cold-start/esbuild-plugins.mjs",
  };
}
