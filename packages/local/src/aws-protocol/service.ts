/** The interface of a service of the AWS endpoint. */
import type { Protocol } from "./errors.ts";

/** A request before its body is read. */
export interface RequestHead {
  method: string;
  url: URL;
  headers: Headers;
}

/** A request with its body read. */
export type AwsRequest = RequestHead & { body: Buffer };

/** One call of an operation. */
export interface AwsCall {
  request: AwsRequest;
  operation: string;
  /**
   * The access key id that the request is signed with; undefined for an unsigned call. Signatures
   * are not checked: the local cloud gives each function its own name as its access key.
   */
  caller: string | undefined;
}

/** A service: the endpoint routes to operations, rejects unlisted ones, and renders errors. */
export interface AwsService {
  protocol: Protocol;
  /** The protocol of one request, for a service that speaks more than one. */
  protocolOf?(request: RequestHead): Protocol;
  /** Every operation that `handle` supports, by AWS's names. */
  operations: readonly string[];
  /** The operations without a signature. */
  publicOperations?: readonly string[];
  /** The operations that every signed caller may call, without authorization. */
  unrestrictedOperations?: readonly string[];
  /** The prefix of its IAM actions; by default its name in a credential scope. */
  iamPrefix?: string;
  /** IAM actions with another name than the operation. */
  actions?: Readonly<Record<string, string>>;
  /** Bytes of the largest body that it takes; the endpoint's limit by default. */
  largestBody?: number;
  /** The part of `X-Amz-Target` before the dot, for the services that have one. */
  targetPrefix?: string;
  /**
   * The operation of a request, or a description of it that is not an operation's name.
   * @throws AwsError for a malformed request.
   */
  operationOf(request: AwsRequest): string;
  /**
   * The ARN, or ARNs, of what a call acts on, for authorization; undefined when it names nothing. It
   * must be what `handle` then acts on, whatever else the request names.
   * @throws AwsError for a malformed request.
   */
  resourceOf?(call: Pick<AwsCall, "request" | "operation">): Resources | Promise<Resources>;
  /**
   * Values of the service's own condition keys for a call, by AWS's names; default: none.
   * @throws AwsError for a malformed request.
   */
  conditionsOf?(call: Pick<AwsCall, "request" | "operation">): Conditions | Promise<Conditions>;
  /** Handles a listed operation. @throws AwsError for an error response. */
  handle(call: AwsCall): Promise<Response>;
}

/** The ARN, or ARNs, of what a call acts on; undefined when it names nothing. */
export type Resources = string | readonly string[] | undefined;

/** Values of condition keys by AWS's names; undefined for none. */
export type Conditions = Readonly<Record<string, string>> | undefined;

/** A call to authorize: `resource` is `*` when a call names none. */
export interface AwsAuthorization {
  caller: string | undefined;
  service: string;
  operation: string;
  resource: string;
  /** Values of the service's own condition keys. */
  conditions?: Readonly<Record<string, string>> | undefined;
}
