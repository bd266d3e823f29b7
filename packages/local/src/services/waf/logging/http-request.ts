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

/** The word in place of what is redacted or substituted. */
export const redacted = "REDACTED";

/**
 * The redaction of samples. AWS WAF does not redact them, whatever the log redacts (WAF/logging); here
 * the console shows them to every user of the machine.
 */
export const credentials: Redaction = {
  method: false,
  queryString: false,
  uriPath: false,
  headers: new Set(["authorization", "cookie", "proxy-authorization", "x-api-key"]),
};

/**
 * Describes a request, with the headers that are inspected: AWS WAF receives no others (assumed of its
 * log). The country is unknown here, which AWS WAF writes as `-`.
 */
export function describeRequest({ request, headers }: RequestView): HttpRequestRecord {
  return {
    clientIp: request.remoteAddress,
    country: "-",
    headers: headers.map(([name, value]) => ({ name, value })),
    uri: request.path,
    args: request.queryString,
    httpVersion: "HTTP/1.1",
    httpMethod: request.method,
    requestId: request.requestId,
  };
}

/** Takes out what is redacted. */
export function redact(request: HttpRequestRecord, redaction: Redaction): HttpRequestRecord {
  const { headers, uri, args, httpMethod } = request;
  return {
    ...request,
    headers: headers.map(({ name, value }) => ({
      name,
      value: redaction.headers.has(name.toLowerCase()) ? redacted : value,
    })),
    uri: redaction.uriPath ? redacted : uri,
    args: redaction.queryString ? redacted : args,
    httpMethod: redaction.method ? redacted : httpMethod,
  };
}
