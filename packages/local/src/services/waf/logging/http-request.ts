/** A request as AWS WAF's log and samples show it, with what is redacted left out. */
import type { WafRequest } from "../request.ts";
import type { Redaction } from "../settings/logging.ts";

/** The log's `httpRequest` (WAF/logging-fields); the body is never part of it. */
export interface HttpRequestRecord {
  readonly clientIp: string;
  readonly country: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly uri: string;
  readonly args: string;
  readonly httpVersion: string;
  readonly httpMethod: string;
  readonly requestId: string;
}

const redacted = "REDACTED";

/** Headers by which a client proves who it is. */
const secretHeaders = ["authorization", "cookie", "proxy-authorization", "x-api-key"];

/** Nothing left out: what the log shows unless it is configured otherwise. */
export const noRedaction: Redaction = {
  method: false,
  queryString: false,
  uriPath: false,
  headers: new Set(),
};

/**
 * What samples leave out: what the log does, and always the secrets. AWS WAF's own samples are not
 * redacted (WAF/logging); here they stand on a page that anybody at the laptop may look at.
 */
export function sampleRedaction(logging: Redaction): Redaction {
  return { ...logging, headers: new Set([...logging.headers, ...secretHeaders]) };
}

/** Describes a request. No country is known here, which AWS WAF writes as `-`. */
export function describeRequest(request: WafRequest, redaction: Redaction): HttpRequestRecord {
  return {
    clientIp: request.remoteAddress,
    country: "-",
    headers: request.headers.map(([name, value]) => ({
      name,
      value: redaction.headers.has(name.toLowerCase()) ? redacted : value,
    })),
    uri: redaction.uriPath ? redacted : request.path,
    args: redaction.queryString ? redacted : request.queryString,
    httpVersion: "HTTP/1.1",
    httpMethod: redaction.method ? redacted : request.method,
    requestId: request.requestId,
  };
}
