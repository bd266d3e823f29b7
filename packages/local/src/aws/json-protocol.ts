/** Services of the AWS JSON protocol: `X-Amz-Target` names the operation, bodies are JSON. */
import type * as z from "zod";
import { AwsError } from "./errors.ts";
import { parseInput } from "./input.ts";
import type { AwsCall, AwsRequest, AwsService } from "./service.ts";

/** An operation behind its input schema; `invalidInput` is the code for input that does not fit. */
export type JsonOperation = (
  input: unknown,
  call: AwsCall,
  invalidInput: string,
) => Promise<object>;

/** Operations by AWS's name for them. */
export type JsonOperations = Record<string, JsonOperation>;

/** An operation: `run` gets the parsed input and returns the output members. */
export function operation<Schema extends z.ZodType>(
  schema: Schema,
  run: (input: z.output<Schema>, call: AwsCall) => object | Promise<object>,
): JsonOperation {
  return async (input, call, invalidInput) => run(parseInput(schema, input, invalidInput), call);
}

/** What distinguishes one service of this protocol from another. */
export type JsonServiceOptions = {
  targetPrefix: string;
  operations: JsonOperations;
  publicOperations?: readonly string[];
  /** The ARN of what an input names, for IAM. */
  resourceOf?: (input: unknown) => string | undefined;
  /** The error code of this service for input that does not fit. */
  invalidInput: string;
};

/** A service of AWS JSON 1.1. */
export function jsonService(options: JsonServiceOptions): AwsService {
  const operations = new Map(Object.entries(options.operations));
  return {
    protocol: "json-1.1",
    operations: [...operations.keys()],
    publicOperations: options.publicOperations ?? [],
    targetPrefix: options.targetPrefix,
    operationOf: operationOfTarget,
    resourceOf: ({ body }) => options.resourceOf?.(parseJson(body)),
    async handle(call) {
      const run = operations.get(call.operation);
      if (run === undefined) throw new Error(`No operation ${call.operation}`);
      const output = await run(parseJson(call.request.body), call, options.invalidInput);
      return new Response(JSON.stringify(output), {
        headers: { "content-type": "application/x-amz-json-1.1" },
      });
    },
  };
}

/** The operation that `X-Amz-Target` names: what stands after the dot. */
export function operationOfTarget({ headers }: Pick<AwsRequest, "headers">): string {
  return (headers.get("x-amz-target") ?? "").split(".").at(1) ?? "";
}

/** A JSON body; an empty one counts as `{}`. @throws AwsError when it is not JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8") || "{}");
  } catch {
    throw new AwsError("SerializationException", "The request body is not JSON.");
  }
}

/** A point in time as AWS JSON writes it: seconds since 1970, from milliseconds. */
export function timestamp(milliseconds: number): number {
  return milliseconds / 1000;
}
