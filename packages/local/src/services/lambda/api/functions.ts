/** Outputs of the operations that describe functions. */
import * as z from "zod";
import type { FunctionState } from "../registry.ts";
import { parseInput } from "../../../aws-protocol/input.ts";
import { pageOf } from "../../../aws-protocol/paging.ts";

/**
 * A function's configuration as lists have it (documented: LAMBDA-API/ListFunctions; the rest of it needs
 * GetFunction).
 */
function listedConfiguration({ version: { settings }, codeSha256 }: FunctionState): object {
  return {
    FunctionName: settings.name,
    FunctionArn: settings.arn,
    Runtime: settings.runtime,
    Role: settings.roleArn,
    Handler: settings.handler,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memoryMb,
    CodeSha256: codeSha256,
    Version: "$LATEST",
    PackageType: "Zip",
    Environment: { Variables: settings.environment },
    LoggingConfig: { LogFormat: settings.logFormat, LogGroup: settings.logGroup },
  };
}

/** A function's whole configuration, the output of GetFunctionConfiguration. */
export function configuration(found: FunctionState): object {
  return { ...listedConfiguration(found), State: "Active", LastUpdateStatus: "Successful" };
}

/** The output of GetFunction, without `Code`: there is no download here. */
export function functionOutput(found: FunctionState): object {
  const { reservedConcurrency } = found.version.settings;
  return {
    Configuration: configuration(found),
    ...(reservedConcurrency === undefined
      ? {}
      : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
  };
}

/** A page has at most 50 functions, even if more are requested (documented: LAMBDA-API/ListFunctions). */
const largestPage = 50;

/** Versions are not supported, so they cannot be requested. */
const listInput = z.strictObject({
  Marker: z.string().optional(),
  MaxItems: z.coerce.number().int().min(1).max(10_000).default(largestPage),
});

/** The output of ListFunctions. @throws AwsError for parameters that are not supported. */
export function functionListOutput(all: readonly FunctionState[], query: URLSearchParams): object {
  const input = Object.fromEntries(query);
  const { Marker, MaxItems } = parseInput(listInput, input, "InvalidParameterValueException");
  const { items, nextToken } = pageOf(all, Math.min(MaxItems, largestPage), Marker);
  return { Functions: items.map(listedConfiguration), NextMarker: nextToken };
}
