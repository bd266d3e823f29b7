/** A request as it came in: raw path, header casing and duplicates kept, the limits applied. */
import { GatewayError } from "./errors.ts";

/** What the listener knows of a request beyond the `Request`. */
export interface Connection {
  remoteAddress: string;
  /** Node's `rawHeaders` (name, value, name, …): the casing and duplicates that `Headers` loses. */
  rawHeaders?: readonly string[];
}

/** A request before anything is decided about it. */
export interface IncomingRequest {
  method: string;
  /** Not decoded, without the query. */
  path: string;
  query: URLSearchParams;
  /** The query as it was sent, without the question mark. */
  rawQuery: string;
  headers: readonly (readonly [name: string, value: string])[];
  /** The value of a header, several of them joined by commas. */
  header: (name: string) => string | undefined;
  sourceIp: string;
}

/** Limits in bytes: GW/api-gateway-execution-service-limits-table. */
const headerLimit = 10_240;
const bodyLimit = 10 * 1024 * 1024;

/** Reads everything of a request but its body. */
export function readRequest(request: Request, connection: Connection): IncomingRequest {
  const { pathname, search, searchParams } = new URL(request.url);
  return {
    method: request.method,
    path: pathname,
    query: searchParams,
    rawQuery: search.slice(1),
    headers: connection.rawHeaders ? inPairs(connection.rawHeaders) : [...request.headers],
    header: (name) => request.headers.get(name) ?? undefined,
    sourceIp: connection.remoteAddress.replace(/^::ffff:(?=\d+\.)/i, ""),
  };
}

/**
 * Refuses a request line and header values that are too long together.
 * @throws GatewayError headersTooLarge
 */
export function checkHeaderSize(request: IncomingRequest): void {
  const line = `${request.method} ${request.path}?${request.rawQuery}`;
  const values = request.headers.map(([, value]) => value);
  const size = [line, ...values].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (size > headerLimit) throw new GatewayError("headersTooLarge");
}

/**
 * Reads a body, and stops at the limit instead of taking it all in first.
 * @throws GatewayError requestTooLarge, or incompleteBody when the client went away.
 */
export async function readBody(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > bodyLimit) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new GatewayError("incompleteBody", { cause });
  }
  if (size > bodyLimit) throw new GatewayError("requestTooLarge");
  return Buffer.concat(chunks);
}

function inPairs(rawHeaders: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    pairs.push([rawHeaders[index] ?? "", rawHeaders[index + 1] ?? ""]);
  }
  return pairs;
}
