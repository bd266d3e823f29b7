/** The Lambda service. */
export type { AsyncOutcome } from "./async-invocations.ts";
export type { EventInvokeConfig } from "./destination.ts";
export { LambdaError, type LambdaErrorCode } from "./errors.ts";
export type { Permission } from "./permissions.ts";
export type { FunctionState } from "./registry.ts";
export { createLambdaService, type LambdaOptions, type LambdaService } from "./service.ts";
export type { FunctionSettings, InvocationResult } from "./types.ts";
