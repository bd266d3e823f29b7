/** A request as the firewall inspects it, within AWS WAF's size limits. */

/** A request to evaluate. */
export interface WafRequest {
  /** The client's address, IPv4-mapped IPv6 written as IPv4. */
  remoteAddress: string;
  method: string;
  /** As received: not decoded, with the stage, without the query. */
  path: string;
  /** As received, without the question mark; empty when there is none. */
  queryString: string;
  headers: readonly (readonly [name: string, value: string])[];
  body?: Uint8Array | undefined;
  /** The id by which the gateway and the firewall log the request. */
  requestId: string;
}

/** The part of a request that is inspected. Text is Latin-1: a character is a byte. */
export interface RequestView {
  readonly request: WafRequest;
  readonly headers: WafRequest["headers"];
  readonly body: string;
  /** Bytes of the whole body. */
  readonly bodySize: number;
  readonly isBodyOversize: boolean;
}

/** At most the first 200 headers and 8 KB are inspected (WAF/waf-oversize-request-components). */
const headerCount = 200;
const headerBytes = 8192;

/** Reduces a request to the inspected part; `bodyLimit` is in bytes. */
export function viewRequest(request: WafRequest, bodyLimit: number): RequestView {
  const body = request.body ?? new Uint8Array();
  return {
    request,
    headers: withinLimits(request.headers),
    body: Buffer.from(body.subarray(0, bodyLimit)).toString("latin1"),
    bodySize: body.byteLength,
    isBodyOversize: body.byteLength > bodyLimit,
  };
}

/** Assumed: names and values count, and a header that does not fit completely is left out. */
function withinLimits(headers: WafRequest["headers"]): WafRequest["headers"] {
  let bytes = 0;
  return headers.slice(0, headerCount).filter(([name, value]) => {
    bytes += name.length + value.length;
    return bytes <= headerBytes;
  });
}
