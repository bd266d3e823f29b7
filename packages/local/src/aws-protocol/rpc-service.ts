/**
 * Services that speak three protocols, each with the same inputs and outputs: RPC v2 CBOR and AWS JSON
 * 1.0, of which a client takes one, and AWS Query, as older clients do.
 */
import { gunzipSync } from "node:zlib";
import { cborType, decodeCbor, encodeCbor } from "./cbor.ts";
import { AwsError, type Protocol } from "./errors.ts";
import {
  operationOfTarget,
  parseJson,
  type JsonInput,
  type JsonOperations,
} from "./json-protocol.ts";
import { formOf, isForm, operationOfForm, queryResponse } from "./query-protocol.ts";
import { structureOf, treeOf } from "./query-structure.ts";
import type { AwsRequest, AwsService, RequestHead } from "./service.ts";
import { xmlOf, type XmlValue } from "./xml.ts";

/** What distinguishes one such service from another; the outputs of its operations have dates. */
export interface RpcServiceOptions {
  /** The service's name in targets and paths. */
  readonly name: string;
  readonly xmlNamespace: string;
  /** Members that are maps, not structures. */
  readonly maps: readonly string[];
  /** The prefix of its IAM actions. */
  readonly iamPrefix: string;
  readonly operations: JsonOperations;
  /** The error code of this service for invalid input. */
  readonly invalidInput: string;
  /** The ARN, or ARNs, of what an operation acts on, for IAM. */
  readonly resourceOf: (
    input: JsonInput,
    operation: string,
  ) => string | readonly string[] | undefined;
  /** Values of the service's own condition keys, for IAM. */
  readonly conditionsOf: (input: JsonInput, operation: string) => Readonly<Record<string, string>>;
}

/** Bytes of a body, and of one that was compressed. */
const largestBody = 1024 * 1024;
const largestInflated = 4 * largestBody;

/** Creates such a service. */
export function createRpcService(options: RpcServiceOptions): AwsService {
  const { name, iamPrefix } = options;
  const operations = new Map(Object.entries(options.operations));
  const inputs = new WeakMap<AwsRequest, Promise<JsonInput>>();

  function inputOf(request: AwsRequest): Promise<JsonInput> {
    const input = inputs.get(request) ?? readInput(inflated(request));
    inputs.set(request, input);
    return input;
  }

  return {
    protocol: "json-1.0",
    protocolOf,
    iamPrefix,
    largestBody,
    targetPrefix: name,
    operations: [...operations.keys()],
    operationOf(request) {
      const protocol = protocolOf(request);
      if (protocol === "query") return operationOfForm(inflated(request));
      if (protocol === "json-1.0") return operationOfTarget(request.headers, name);
      const path = `/service/${name}/operation/`;
      const { pathname } = request.url;
      return pathname.startsWith(path) ? pathname.slice(path.length) : pathname;
    },
    resourceOf: async ({ request, operation }) =>
      options.resourceOf(await inputOf(request), operation),
    conditionsOf: async ({ request, operation }) =>
      options.conditionsOf(await inputOf(request), operation),
    async handle(call) {
      const run = operations.get(call.operation);
      if (run === undefined) throw new Error(`No operation ${call.operation}`);
      const output = await run(await inputOf(call.request), call, options.invalidInput);
      const protocol = protocolOf(call.request);
      if (protocol === "rpc-v2-cbor") return cborResponse(output);
      if (protocol === "query") {
        const elements = xmlOf(elementsOf(output, options.maps));
        return queryResponse(call.operation, elements, options.xmlNamespace);
      }
      return new Response(JSON.stringify(jsonOf(output)), {
        headers: { "content-type": "application/x-amz-json-1.0" },
      });
    },
  };
}

function protocolOf({ headers }: RequestHead): Protocol {
  if (headers.get("smithy-protocol") === "rpc-v2-cbor") return "rpc-v2-cbor";
  return isForm(headers) ? "query" : "json-1.0";
}

/** A request whose body is not compressed. @throws AwsError for a body that is not what its head says. */
function inflated(request: AwsRequest): AwsRequest {
  const coding = request.headers.get("content-encoding") ?? "identity";
  if (coding === "identity") return request;
  try {
    if (coding !== "gzip") throw new Error(`The content encoding ${coding} is not supported.`);
    return { ...request, body: gunzipSync(request.body, { maxOutputLength: largestInflated }) };
  } catch (cause) {
    const message = `The request body is not of at most ${largestInflated} bytes in gzip.`;
    throw Object.assign(new AwsError("SerializationException", message), { cause });
  }
}

async function readInput(request: AwsRequest): Promise<JsonInput> {
  const protocol = protocolOf(request);
  if (protocol === "rpc-v2-cbor") return decodeCbor(request.body);
  if (protocol === "json-1.0") return parseJson(request.body);
  const form = new Map(formOf(request));
  form.delete("Action");
  form.delete("Version");
  return { ...structureOf(treeOf(form)) };
}

async function cborResponse(output: object): Promise<Response> {
  return new Response(await encodeCbor(output), {
    headers: { "content-type": cborType, "smithy-protocol": "rpc-v2-cbor" },
  });
}

/** An output in JSON: timestamps are seconds since 1970. */
function jsonOf(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, jsonOf(member)]));
}

/** An output in XML: a list has elements `member`, a map has elements `entry`. */
function elementsOf(structure: object, maps: readonly string[]): Record<string, XmlValue> {
  const valueOf = (name: string, value: unknown): XmlValue => {
    if (value instanceof Date) return value.toISOString();
    if (Array.isArray(value)) return { member: value.map((item) => valueOf("", item)) };
    if (typeof value === "object" && value !== null) {
      const members = elementsOf(value, maps);
      if (!maps.includes(name)) return members;
      return { entry: Object.entries(members).map(([key, of]) => ({ key, value: of })) };
    }
    const isText = typeof value === "string" || typeof value === "number";
    return isText || typeof value === "boolean" ? value : undefined;
  };
  return Object.fromEntries(
    Object.entries(structure).map(([name, value]) => [name, valueOf(name, value)]),
  );
}
