/** Errors of AWS's services, in each of the endpoint's protocols. */
import type { Facts } from "../requests/step.ts";
import { UnsupportedError } from "../errors/unsupported.ts";
import { escapeXml } from "./xml.ts";

/** The protocol of a service (AWS's names: AWS JSON, AWS Query, REST-JSON, REST-XML). */
export type Protocol = "json-1.0" | "json-1.1" | "query" | "rest-json" | "rest-xml";

/** An error response: AWS's error code, a message, and the HTTP status. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** The code in the query protocol, for a service that had other ones in it. */
  readonly queryCode: string;
  /** Of a denial, what decided: the statement and its policy. */
  readonly decidedBy?: Facts;

  constructor(code: string, message: string, status = 400, queryCode = code) {
    super(message);
    this.name = "AwsError";
    this.code = code;
    this.status = status;
    this.queryCode = queryCode;
  }
}

/** The error for something that AWS has and the local cloud does not support; `what` names it. */
export function unsupported(what: string, code: string, status = 400): AwsError {
  const message = `The local cloud does not support ${what}.`;
  const cause = new UnsupportedError(message);
  return Object.assign(new AwsError(code, message, status), { cause });
}

/** AWS's error code for an unknown operation in a protocol. */
export const unknownOperationCode: Record<Protocol, string> = {
  "json-1.0": "UnknownOperationException",
  "json-1.1": "UnknownOperationException",
  query: "InvalidAction",
  "rest-json": "UnknownOperationException",
  "rest-xml": "NotImplemented",
};

/** Renders an error in a protocol. */
export function renderError(protocol: Protocol, error: AwsError, requestId: string): Response {
  return renderers[protocol](error, `<RequestId>${requestId}</RequestId>`);
}

const renderers: Record<Protocol, (error: AwsError, requestId: string) => Response> = {
  // Only SQS has this protocol, with the codes of the query protocol in a header (AWS's trait
  // awsQueryCompatible).
  "json-1.0": (error) =>
    json(error, "application/x-amz-json-1.0", {
      "x-amzn-query-error": `${error.queryCode};Sender`,
    }),
  "json-1.1": (error) => json(error, "application/x-amz-json-1.1"),
  "rest-json": (error) => json(error, "application/json"),
  "rest-xml": (error, requestId) =>
    xml(`<Error>${codeXml(error.code, error)}${requestId}</Error>`, error),
  query(error, requestId) {
    const type = `<Type>${error.status < 500 ? "Sender" : "Receiver"}</Type>`;
    const detail = `<Error>${type}${codeXml(error.queryCode, error)}</Error>`;
    return xml(`<ErrorResponse>${detail}${requestId}</ErrorResponse>`, error);
  },
};

function codeXml(code: string, { message }: AwsError): string {
  return `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
}

function json(error: AwsError, contentType: string, more: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ __type: error.code, message: error.message }), {
    status: error.status,
    headers: { "content-type": contentType, "x-amzn-errortype": error.code, ...more },
  });
}

function xml(document: string, { status }: AwsError): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${document}`, {
    status,
    headers: { "content-type": "text/xml" },
  });
}
