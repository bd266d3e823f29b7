/** The AWS endpoint: routes a request to its service and operation, and rejects unknown ones. */
import { randomUUID } from "node:crypto";
import { createBodyBudget } from "../http/request-body.ts";
import type { ReportStep } from "../requests/step.ts";
import { bodyMemory, largestBody, readBody } from "./bounded-body.ts";
import { newCall, reportCall, type RoutedCall } from "./call-record.ts";
import { credentialScope, type CredentialScope } from "./credential-scope.ts";
import { AwsError, unknownOperationCode, unsupported, type Protocol } from "./errors.ts";
import { renderError } from "./error-response.ts";
import { formOf, isForm } from "./query-protocol.ts";
import type { AwsAuthorization, AwsCall, AwsRequest, AwsService, RequestHead } from "./service.ts";
import {
  allowPage,
  checkPage,
  jsonServices,
  pageOf,
  preflightResponse,
  type WebPage,
} from "./web-pages.ts";

/** The options of the endpoint. */
export interface AwsEndpointOptions {
  region: string;
  /** Services by their name in a credential scope (`cognito-idp`, `s3` …). */
  services: Readonly<Record<string, AwsService>>;
  /** The public JSON document at a path (a user pool's keys); undefined for none. */
  publicDocument: (path: string) => object | undefined;
  /** Authorizes each call of an operation. @throws AwsError to deny it. */
  authorize: (call: AwsAuthorization) => void;
  /** The origins whose web pages may call operations that need no signature. */
  webOrigins: () => ReadonlySet<string>;
  /** The requests that calls belong to. */
  requests: EndpointRequests;
  /** Called before an operation that was authorized is handled; it may throw AwsError in its place. */
  disturb?: (
    call: { service: string; operation: string },
    signal: () => AbortSignal,
  ) => Promise<void>;
  /** Told of each call before it is served, to trace it; calls are not traced by default. */
  observe?: Observe;
  /** Called with every failure that is a fault of the local cloud, not of the caller. */
  onError: (error: unknown) => void;
}

/** The requests that calls belong to, by the session tokens of the environments that make them. */
interface EndpointRequests {
  resume<T>(sessionToken: string | null, run: () => T): T;
  /** Receives each call of an operation as a step. */
  readonly report: ReportStep;
}

/** Begins to observe a call; undefined for one that is not traced. */
export type Observe = (headers: Headers) => ObservedCall | undefined;

/** A call that is traced. */
export interface ObservedCall {
  /** The headers for the service. */
  readonly headers: Headers;
  end(call: { service: string; operation: string; requestId: string; status: number }): void;
}

/** The endpoint as a fetch handler: every failure of a service becomes an AWS error response. */
export interface AwsEndpoint {
  fetch: (request: Request) => Promise<Response>;
  /** The supported operations, by the service's name in a signature. */
  operations: ReadonlyMap<string, readonly string[]>;
}

/** Creates the endpoint. Each response has its own `x-amzn-requestid`. */
export function createAwsEndpoint(options: AwsEndpointOptions): AwsEndpoint {
  const services = new Map(Object.entries(options.services));
  const bodies = createBodyBudget(bodyMemory);
  const byTarget = new Map(
    [...services].flatMap(([name, { targetPrefix }]) =>
      targetPrefix === undefined ? [] : [[targetPrefix, name] as const],
    ),
  );

  /** The service that a request is for, by its signature or else by its target; the page that it comes from. */
  function find({ headers, url }: RequestHead): Found {
    const scope = credentialScope(headers, url);
    const target = headers.get("x-amz-target")?.split(".")[0];
    const name =
      scope?.service ?? (target === undefined ? undefined : (byTarget.get(target) ?? target));
    const page = pageOf(headers, options.webOrigins);
    return { scope, name, service: name === undefined ? undefined : services.get(name), page };
  }

  /** Reads the body only after everything in the head was checked. */
  async function serve(
    head: RequestHead,
    { scope, name, service, page }: Found,
    { readAll, routed, signal }: Serving,
  ): Promise<Response> {
    if (page !== undefined) {
      checkPage(page, scope !== undefined);
      if (head.method === "OPTIONS") {
        return preflightResponse(head.headers, jsonServices.preflight);
      }
    }
    if (name === undefined) {
      const document =
        head.method === "GET" ? options.publicDocument(head.url.pathname) : undefined;
      if (document !== undefined) return Response.json(document);
      throw new AwsError("MissingAuthenticationToken", "Missing Authentication Token", 403);
    }
    const protocol = protocolFor(head, service);
    if (service === undefined) {
      const operation = guessOperation({ ...head, body: await readAll() });
      throw unsupported(`${name}:${operation}`, unknownOperationCode[protocol], 501);
    }
    if (scope !== undefined && scope.region !== options.region) {
      const where = `${name} in ${scope.region}; its only region is ${options.region}`;
      throw unsupported(where, "InvalidRegion");
    }
    if (scope === undefined && !service.publicOperations?.length) throw unsigned();
    const request = { ...head, body: await readAll() };
    const operation = service.operationOf(request);
    if (!service.operations.includes(operation)) {
      throw unsupported(`${name}:${operation}`, unknownOperationCode[protocol]);
    }
    if (scope === undefined && service.publicOperations?.includes(operation) !== true) {
      throw unsigned();
    }
    const call = { request, operation, caller: scope?.accessKeyId };
    Object.assign(routed, { service: name, operation, caller: call.caller });
    const resources = [(await service.resourceOf?.(call)) ?? "*"].flat();
    [routed.resource] = resources;
    if (service.unrestrictedOperations?.includes(operation) !== true) {
      await check(service.iamPrefix ?? name, service, call, resources);
    }
    await options.disturb?.({ service: name, operation }, signal);
    return service.handle(call);
  }

  async function check(
    prefix: string,
    service: AwsService,
    call: AwsCall,
    resources: readonly string[],
  ): Promise<void> {
    const { caller, operation } = call;
    const action = service.actions?.[operation] ?? operation;
    const conditions = await service.conditionsOf?.(call);
    for (const resource of resources) {
      options.authorize({ caller, service: prefix, operation: action, resource, conditions });
    }
  }

  async function renderFailure(
    error: unknown,
    protocol: Protocol,
    requestId: string,
  ): Promise<Response> {
    if (error instanceof AwsError) return renderError(protocol, error, requestId);
    options.onError(error);
    const message = "The local cloud failed; see its log.";
    return renderError(protocol, new AwsError("InternalFailure", message, 500), requestId);
  }

  async function handleRequest(request: Request): Promise<Response> {
    const requestId = randomUUID();
    const { method } = request;
    const observed = options.observe?.(request.headers);
    const headers = observed?.headers ?? request.headers;
    const head = { method, headers, url: new URL(request.url) };
    const found = find(head);
    const limit = found.service?.largestBody ?? largestBody;
    const body = bodies.open(request, limit);
    const routed = newCall();
    const serving = { readAll: () => readBody(body, limit), routed, signal: () => request.signal };
    const response = await serve(head, found, serving)
      .catch((error: unknown) => {
        routed.error = error;
        return renderFailure(error, protocolFor(head, found.service), requestId);
      })
      .finally(() => body.release());
    reportCall(options.requests.report, routed, response.status);
    response.headers.set("x-amzn-requestid", requestId);
    const { service, operation } = routed;
    if (service !== undefined && operation !== undefined) {
      observed?.end({ service, operation, requestId, status: response.status });
    }
    if (found.page !== undefined) allowPage(found.page, response, jsonServices.exposed);
    return method === "HEAD" ? new Response(null, response) : response;
  }

  return {
    operations: new Map([...services].map(([name, { operations }]) => [name, operations])),
    fetch: (request) =>
      options.requests.resume(request.headers.get("x-amz-security-token"), () =>
        handleRequest(request),
      ),
  };
}

/** How a request is served. */
interface Serving {
  readonly readAll: () => Promise<Buffer>;
  readonly routed: RoutedCall;
  /** Aborts when the caller is gone. */
  readonly signal: () => AbortSignal;
}

interface Found {
  scope: CredentialScope | undefined;
  /** Of a service that may not exist. */
  name: string | undefined;
  service: AwsService | undefined;
  page: WebPage | undefined;
}

function unsigned(): AwsError {
  return new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token");
}

/** The protocol of a service for a request; a guess for an unknown service. */
function protocolFor(head: RequestHead, service: AwsService | undefined): Protocol {
  return service?.protocolOf?.(head) ?? service?.protocol ?? guessProtocol(head.headers);
}

function guessProtocol(headers: Headers): Protocol {
  if (headers.has("x-amz-target")) return "json-1.1";
  return isForm(headers) ? "query" : "rest-json";
}

/** The operation of a request to an unknown service. */
function guessOperation(request: AwsRequest): string {
  const target = request.headers.get("x-amz-target")?.split(".").at(1);
  const action = isForm(request.headers) ? formOf(request).get("Action") : undefined;
  return target ?? action ?? `${request.method} ${request.url.pathname}`;
}
