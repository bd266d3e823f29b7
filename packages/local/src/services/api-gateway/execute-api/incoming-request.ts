/** The incoming request: raw path, header casing and duplicates kept, size limits checked. */
import type { Connection } from "../../../http/listen.ts";
import { GatewayError } from "./gateway-error.ts";

/** A request as it was received. */
export interface IncomingRequest {
  method: string;
  /** As sent, without the query: neither decoded nor normalized. */
  path: string;
  query: URLSearchParams;
  /** The query as sent, without the question mark. */
  rawQuery: string;
  headers: readonly (readonly [name: string, value: string])[];
  /** The value of a header, several of them joined by commas. */
  header: (name: string) => string | undefined;
  sourceIp: string;
  tls?: Connection["tls"];
}

/** Limits in bytes: APIGW/api-gateway-execution-service-limits-table. */
const headerLimit = 10_240;
export const bodyLimit = 10 * 1024 * 1024;

/**
 * Reads everything of a request but its body. The path is not normalized, as API Gateway matches
 * the one that was sent (assumed): `/a/../b` does not reach `/b`.
 */
export function readRequest(request: Request, connection: Connection): IncomingRequest {
  const [, path = "", rawQuery = ""] =
    /^(?:https?:\/\/[^/?]*)?([^?]*)\??(.*)$/is.exec(connection.target) ?? [];
  return {
    method: request.method,
    path: path === "" ? "/" : path,
    query: new URLSearchParams(rawQuery),
    rawQuery,
    headers: inPairs(connection.rawHeaders),
    header: (name) => request.headers.get(name) ?? undefined,
    sourceIp: connection.remoteAddress.replace(/^::ffff:(?=\d+\.)/i, ""),
    tls: connection.tls,
  };
}

/**
 * Checks the size of the request line and header values together. Assumed: the names of headers have a
 * limit as well, which AWS does not document; here it is as large.
 * @throws GatewayError headersTooLarge
 */
export function checkHeaderSize(request: IncomingRequest): void {
  const line = `${request.method} ${request.path}?${request.rawQuery}`;
  const values = [line, ...request.headers.map(([, value]) => value)];
  const names = request.headers.map(([name]) => name);
  if (sizeOf(values) > headerLimit || sizeOf(names) > headerLimit) {
    throw new GatewayError("headersTooLarge");
  }
}

/** Bytes: the parser gives a character for each. */
function sizeOf(texts: readonly string[]): number {
  return texts.reduce((sum, { length }) => sum + length, 0);
}

function inPairs(rawHeaders: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    pairs.push([rawHeaders[index] ?? "", rawHeaders[index + 1] ?? ""]);
  }
  return pairs;
}
