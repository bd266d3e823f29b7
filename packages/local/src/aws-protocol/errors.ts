/** Errors of AWS's services, and the protocols in which they are told. */
import type { Facts } from "../requests/step.ts";
import { UnsupportedError } from "../errors/unsupported.ts";

/** The protocol of a service (AWS's names: AWS JSON, AWS Query, REST-JSON, REST-XML, RPC v2 CBOR). */
export type Protocol = "json-1.0" | "json-1.1" | "query" | "rest-json" | "rest-xml" | "rpc-v2-cbor";

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
  "rpc-v2-cbor": "UnknownOperationException",
};
