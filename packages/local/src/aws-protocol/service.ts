/** What a service of the AWS endpoint is, and what it is given for each call. */
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

/** A service: the endpoint finds the operation, refuses what is not listed, and renders errors. */
export interface AwsService {
  protocol: Protocol;
  /** The protocol of one request, for a service that speaks more than one. */
  protocolOf?(request: RequestHead): Protocol;
  /** Every operation that `handle` knows, in AWS's spelling. */
  operations: readonly string[];
  /** The operations that AWS lets anybody call without a signature. */
  publicOperations?: readonly string[];
  /** The operations that every signed caller may call, whatever IAM says. */
  unrestrictedOperations?: readonly string[];
  /** The actions of IAM that have another name than the operation. */
  actions?: Readonly<Record<string, string>>;
  /** The part of `X-Amz-Target` before the dot, for the services that have one. */
  targetPrefix?: string;
  /**
   * The operation that a request asks for, or words for it that are no operation's name.
   * @throws AwsError for a request that cannot be read.
   */
  operationOf(request: AwsRequest): string;
  /**
   * The ARN of what a call acts on, for IAM, or several; absent where nothing is named. It must be
   * what `handle` then acts on, whatever else the request names.
   * @throws AwsError for a request that cannot be read.
   */
  resourceOf?(call: Pick<AwsCall, "request" | "operation">): string | readonly string[] | undefined;
  /** Answers a listed operation. @throws AwsError for every refusal. */
  handle(call: AwsCall): Promise<Response>;
}

/** A call to decide on, as IAM sees it: `resource` is `*` where a call names none. */
export interface AwsAuthorization {
  caller: string | undefined;
  service: string;
  operation: string;
  resource: string;
}
