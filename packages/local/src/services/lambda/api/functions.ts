/** Functions as Lambda's operations describe them. */
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

/** A function's whole configuration, as GetFunctionConfiguration answers it. */
export function configuration(found: FunctionState): object {
  return { ...listedConfiguration(found), State: "Active", LastUpdateStatus: "Successful" };
}

/** What GetFunction answers; without `Code`, whose download the local cloud does not have. */
export function functionAnswer(found: FunctionState): object {
  const { reservedConcurrency } = found.version.settings;
  return {
    Configuration: configuration(found),
    ...(reservedConcurrency === undefined
      ? {}
      : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
  };
}

/** A page has 50 functions at most, even if more are asked for (documented: LAMBDA-API/ListFunctions). */
const largestPage = 50;

/** Versions are not supported, so that there are none to ask for. */
const listInput = z.strictObject({
  Marker: z.string().optional(),
  MaxItems: z.coerce.number().int().min(1).max(10_000).default(largestPage),
});

/** What ListFunctions answers. @throws AwsError for parameters that are not supported. */
export function functionsAnswer(all: readonly FunctionState[], query: URLSearchParams): object {
  const input = Object.fromEntries(query);
  const { Marker, MaxItems } = parseInput(listInput, input, "InvalidParameterValueException");
  const { items, nextToken } = pageOf(all, Math.min(MaxItems, largestPage), Marker);
  return { Functions: items.map(listedConfiguration), NextMarker: nextToken };
}
