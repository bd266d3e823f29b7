/** Services of the AWS JSON protocol: `X-Amz-Target` names the operation, bodies are JSON. */
import type * as z from "zod";
import { AwsError, unsupported } from "./errors.ts";
import { parseInput } from "./input.ts";
import type { AwsCall, AwsService } from "./service.ts";
import { utf8Text } from "./utf8.ts";

/** An operation with its input validation; `invalidInput` is the error code for invalid input. */
export type JsonOperation = (
  input: unknown,
  call: AwsCall,
  invalidInput: string,
) => Promise<object>;

/** Operations by AWS's name for them. */
export type JsonOperations = Record<string, JsonOperation>;

/** Creates an operation: `run` receives the validated input and returns the output members. */
export function operation<Schema extends z.ZodType>(
  schema: Schema,
  run: (input: z.output<Schema>, call: AwsCall) => object | Promise<object>,
): JsonOperation {
  return async (input, call, invalidInput) => run(parseInput(schema, input, invalidInput), call);
}

/** The members of an input before validation. */
export type JsonInput = Readonly<Record<string, unknown>>;

/** What distinguishes one service of this protocol from another. */
export interface JsonServiceOptions {
  targetPrefix: string;
  operations: JsonOperations;
  publicOperations?: readonly string[];
  /** The ARN of what an operation acts on, for IAM. */
  resourceOf?: (input: JsonInput, operation: string) => string | undefined;
  /** Values of the service's own condition keys, for IAM. */
  conditionsOf?: (input: JsonInput) => Readonly<Record<string, string>>;
  /** The error code of this service for invalid input. */
  invalidInput: string;
}

/** Bytes. More than any of these operations takes; some of them take calls without a signature. */
const largestJson = 1024 * 1024;

/** Creates a service of AWS JSON 1.1. */
export function jsonService(options: JsonServiceOptions): AwsService {
  const operations = new Map(Object.entries(options.operations));

  async function handle(call: AwsCall): Promise<Response> {
    const run = operations.get(call.operation);
    if (run === undefined) throw new Error(`No operation ${call.operation}`);
    const output = await run(parseJson(call.request.body), call, options.invalidInput);
    return new Response(JSON.stringify(output), {
      headers: { "content-type": "application/x-amz-json-1.1" },
    });
  }

  return {
    protocol: "json-1.1",
    operations: [...operations.keys()],
    publicOperations: options.publicOperations ?? [],
    largestBody: largestJson,
    targetPrefix: options.targetPrefix,
    operationOf: ({ headers }) => operationOfTarget(headers, options.targetPrefix),
    resourceOf: ({ request, operation: asked }) =>
      options.resourceOf?.(parseJson(request.body), asked),
    conditionsOf: ({ request }) => options.conditionsOf?.(parseJson(request.body)),
    handle,
  };
}

/** The operation that `X-Amz-Target` names after the prefix and a dot; the whole for another prefix. */
export function operationOfTarget(headers: Headers, prefix: string): string {
  const target = headers.get("x-amz-target") ?? "";
  return target.startsWith(`${prefix}.`) ? target.slice(prefix.length + 1) : target;
}

/**
 * A JSON body; an empty one counts as `{}`, and a member that is null as missing (documented: the
 * test AwsJson11StructuresDontSerializeNullValues of smithy-lang/smithy).
 * @throws AwsError when it is not a JSON object, or has a member `__proto__`.
 */
export function parseJson(body: Buffer): JsonInput {
  const input = body.length === 0 ? {} : jsonIn(utf8Text(body) ?? "");
  if (isMembers(input)) return input;
  throw new AwsError("SerializationException", "The request body is not a JSON object.");
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text, readMember);
  } catch (error) {
    if (error instanceof AwsError) throw error;
    return undefined;
  }
}

function readMember(this: unknown, name: string, value: unknown): unknown {
  // Schemas would drop such a member without a word.
  if (name === "__proto__") throw unsupported("members named __proto__", "SerializationException");
  return value === null && !Array.isArray(this) && name !== "" ? undefined : value;
}

/** Whether a value has members: neither a list nor null. */
export function isMembers(value: unknown): value is JsonInput {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A string member; undefined if it is missing or not a string. */
export function textMember(input: JsonInput, name: string): string | undefined {
  const value = Object.hasOwn(input, name) ? input[name] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** A timestamp in AWS JSON: seconds since 1970, from milliseconds. */
export function timestamp(milliseconds: number): number {
  return milliseconds / 1000;
}
