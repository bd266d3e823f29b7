/** A request as the firewall inspects it, within AWS WAF's size limits. */
import { cookiesOf, type Pairs } from "./pairs.ts";

/** A request to evaluate. */
export interface WafRequest {
  /** The client's address, IPv4-mapped IPv6 written as IPv4. */
  remoteAddress: string;
  method: string;
  /** As received: not decoded, with the stage, without the query. */
  path: string;
  /** As received, without the question mark; empty when there is none. */
  queryString: string;
  headers: Pairs;
  /** At least the inspected part of the body, and whether there is more. */
  body?: Uint8Array | undefined;
  /** Bytes of the whole body, where `body` may be a part of it. */
  bodySize?: number | undefined;
  /** The id by which the gateway and the firewall log the request. */
  requestId: string;
}

/** A component that is inspected up to a limit, by its name in AWS WAF's log (WAF/logging-fields). */
export type LimitedField =
  "REQUEST_BODY" | "REQUEST_JSON_BODY" | "REQUEST_HEADERS" | "REQUEST_COOKIES";

/** The part of a request that is inspected. Text is Latin-1: a character is a byte. */
export interface RequestView {
  readonly request: WafRequest;
  /** Those of all headers that are inspected; a single header is inspected wherever it stands. */
  readonly headers: Pairs;
  readonly cookies: Pairs;
  readonly body: string;
  /** Bytes of the whole body. */
  readonly bodySize: number;
  /** Whether a component is larger than what is inspected. Each that is asked for is inspected. */
  isOversize(field: LimitedField): boolean;
  /** The oversize components that were inspected so far. */
  readonly oversizeFields: ReadonlySet<LimitedField>;
}

/**
 * At most the first 200 headers and 8 KB of them are inspected, and as much of the cookies (WAF/
 * waf-oversize-request-components). Assumed: names and values count, and what does not fit
 * completely is left out.
 */
const mostPairs = 200;
const mostBytes = 8192;

/** Reduces a request to the inspected part; `bodyLimit` is in bytes. */
export function viewRequest(request: WafRequest, bodyLimit: number): RequestView {
  const { body = new Uint8Array(), bodySize = body.byteLength } = request;
  const allCookies = cookiesOf(request.headers);
  const headers = withinLimits(request.headers);
  const cookies = withinLimits(allCookies);
  const isBodyOversize = Math.max(bodySize, body.byteLength) > bodyLimit;
  const isOver: Readonly<Record<LimitedField, boolean>> = {
    REQUEST_BODY: isBodyOversize,
    REQUEST_JSON_BODY: isBodyOversize,
    REQUEST_HEADERS: headers.length < request.headers.length,
    REQUEST_COOKIES: cookies.length < allCookies.length,
  };
  const oversizeFields = new Set<LimitedField>();
  return {
    request,
    headers,
    cookies,
    body: Buffer.from(body.subarray(0, bodyLimit)).toString("latin1"),
    bodySize,
    isOversize(field) {
      if (isOver[field]) oversizeFields.add(field);
      return isOver[field];
    },
    oversizeFields,
  };
}

function withinLimits(pairs: Pairs): Pairs {
  let bytes = 0;
  const end = pairs.findIndex(([name, value], index) => {
    bytes += name.length + value.length;
    return index === mostPairs || bytes > mostBytes;
  });
  return end === -1 ? pairs : pairs.slice(0, end);
}
