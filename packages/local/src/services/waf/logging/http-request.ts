/** A request in AWS WAF's log and samples, with redaction. */
import type { RequestView } from "../inspection/request.ts";
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

/** Headers with credentials. */
const credentialHeaders = ["authorization", "cookie", "proxy-authorization", "x-api-key"];

/** Nothing is redacted: the log's default. */
export const noRedaction: Redaction = {
  method: false,
  queryString: false,
  uriPath: false,
  headers: new Set(),
};

/**
 * The redaction of samples: that of the log, and always credentials. AWS WAF does not redact samples
 * (WAF/logging); here the console shows them to every user of the machine.
 */
export function sampleRedaction(logging: Redaction): Redaction {
  return { ...logging, headers: new Set([...logging.headers, ...credentialHeaders]) };
}

/**
 * Describes a request, with the headers that are inspected: AWS WAF receives no others (assumed of its
 * log). The country is unknown here, which AWS WAF writes as `-`.
 */
export function describeRequest(
  { request, headers }: RequestView,
  redaction: Redaction,
): HttpRequestRecord {
  return {
    clientIp: request.remoteAddress,
    country: "-",
    headers: headers.map(([name, value]) => ({
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
