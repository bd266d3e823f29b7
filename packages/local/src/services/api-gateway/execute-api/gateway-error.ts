/** The error that ends a request with one of the gateway's own error responses. */
import { RequestBodyError } from "../../../http/request-body.ts";
import type { Facts } from "../../../requests/step.ts";
import type { errorTable } from "./error-table.ts";

/** The name of a row of the table. */
export type ErrorKind = keyof typeof errorTable;

interface GatewayErrorOptions {
  hint?: string;
  message?: string;
  validation?: string;
  reason?: string;
  facts?: Facts | undefined;
  response?: Response | undefined;
  cause?: unknown;
}

/** Ends a request with a row of the table. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly kind: ErrorKind;
  /** For the developer: what the local cloud says and AWS would not. */
  readonly hint: string | undefined;
  /** In place of the row's message. */
  readonly clientMessage: string | undefined;
  /** The value of `$context.error.validationErrorString`. */
  readonly validation: string | undefined;
  /** What the execution log says of it, where that is not the same for all errors of the kind. */
  readonly reason: string | undefined;
  /** For the developer: what decided. */
  readonly facts: Facts | undefined;
  /** In place of the API's gateway response and the row. */
  readonly response: Response | undefined;

  constructor(kind: ErrorKind, options: GatewayErrorOptions = {}) {
    super(kind, { cause: options.cause });
    this.kind = kind;
    this.hint = options.hint;
    this.clientMessage = options.message;
    this.validation = options.validation;
    this.reason = options.reason;
    this.facts = options.facts;
    this.response = options.response;
  }
}

const bodyErrors = {
  tooLarge: "requestTooLarge",
  noRoom: "bodiesTooLarge",
  incomplete: "malformedRequest",
} as const;

/** The error of a request that could not be served; internalFailure for a fault of the local cloud. */
export function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  const isOfBody = error instanceof RequestBodyError;
  return new GatewayError(isOfBody ? bodyErrors[error.reason] : "internalFailure", {
    cause: error,
  });
}
