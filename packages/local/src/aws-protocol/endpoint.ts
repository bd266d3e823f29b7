/** The one AWS endpoint: finds the service and the operation of a request, refuses the unknown. */
import { randomUUID } from "node:crypto";
import { readBody } from "./bounded-body.ts";
import { credentialScope, type CredentialScope } from "./credential-scope.ts";
import {
  AwsError,
  renderError,
  unknownOperationCode,
  unsupported,
  type Protocol,
} from "./errors.ts";
import { formOf, isForm } from "./query-protocol.ts";
import type { AwsAuthorization, AwsCall, AwsRequest, AwsService, RequestHead } from "./service.ts";

/** What the endpoint serves. */
export interface AwsEndpointOptions {
  region: string;
  /** Services by the name that a signature's credential scope gives them (`cognito-idp`, `s3` …). */
  services: Readonly<Record<string, AwsService>>;
  /** The JSON document that anybody may GET at a path (a user pool's keys); undefined for none. */
  publicDocument: (path: string) => object | undefined;
  /** Decides on each call of an operation. @throws AwsError to refuse it. */
  authorize: (call: AwsAuthorization) => void;
  /** Told about every failure that is a fault of the local cloud, not of the caller. */
  onError: (error: unknown) => void;
}

/** The endpoint as a fetch handler: every failure of a service becomes an AWS-shaped answer. */
export interface AwsEndpoint {
  fetch: (request: Request) => Promise<Response>;
  /** The operations that are answered, by the service that a signature names. */
  operations: ReadonlyMap<string, readonly string[]>;
}

/** An endpoint for `services`. Each answer carries its own `x-amzn-requestid`. */
export function createAwsEndpoint(options: AwsEndpointOptions): AwsEndpoint {
  const services = new Map(Object.entries(options.services));
  const byTarget = new Map(
    [...services].flatMap(([name, { targetPrefix }]) =>
      targetPrefix === undefined ? [] : [[targetPrefix, name] as const],
    ),
  );

  /** The service that a request is for, by its signature or else by its target. */
  function find({ headers, url }: RequestHead): Found {
    const scope = credentialScope(headers, url);
    const target = headers.get("x-amz-target")?.split(".")[0];
    const name =
      scope?.service ?? (target === undefined ? undefined : (byTarget.get(target) ?? target));
    return { scope, name, service: name === undefined ? undefined : services.get(name) };
  }

  /** The body is read once everything is known that its head tells. */
  async function serve(
    head: RequestHead,
    { scope, name, service }: Found,
    readAll: () => Promise<Buffer>,
  ): Promise<Response> {
    // AWS's clients never send Origin; a web page that reaches for this port always does.
    if (head.headers.has("origin")) {
      throw new AwsError("AccessDenied", "Web pages may not call the local cloud.", 403);
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
      const where = `${name} in ${scope.region}; it stands for ${options.region} alone`;
      throw unsupported(where, "InvalidRegion");
    }
    const request = { ...head, body: await readAll() };
    const operation = service.operationOf(request);
    if (!service.operations.includes(operation)) {
      throw unsupported(`${name}:${operation}`, unknownOperationCode[protocol]);
    }
    if (scope === undefined && service.publicOperations?.includes(operation) !== true) {
      const code = "MissingAuthenticationTokenException";
      throw new AwsError(code, "Missing Authentication Token");
    }
    const call = { request, operation, caller: scope?.accessKeyId };
    if (service.unrestrictedOperations?.includes(operation) !== true) check(name, service, call);
    return service.handle(call);
  }

  function check(name: string, service: AwsService, call: AwsCall): void {
    const { caller, operation } = call;
    const action = service.actions?.[operation] ?? operation;
    for (const resource of [service.resourceOf?.(call) ?? "*"].flat()) {
      options.authorize({ caller, service: name, operation: action, resource });
    }
  }

  function renderFailure(error: unknown, protocol: Protocol, requestId: string): Response {
    if (error instanceof AwsError) return renderError(protocol, error, requestId);
    options.onError(error);
    const message = "The local cloud failed; its log says why.";
    return renderError(protocol, new AwsError("InternalFailure", message, 500), requestId);
  }

  return {
    operations: new Map([...services].map(([name, { operations }]) => [name, operations])),
    async fetch(request) {
      const requestId = randomUUID();
      const { method, headers } = request;
      const head = { method, headers, url: new URL(request.url) };
      const found = find(head);
      const response = await serve(head, found, () => readBody(request)).catch((error: unknown) =>
        renderFailure(error, protocolFor(head, found.service), requestId),
      );
      response.headers.set("x-amzn-requestid", requestId);
      return method === "HEAD" ? new Response(null, response) : response;
    },
  };
}

interface Found {
  scope: CredentialScope | undefined;
  /** Of a service that need not be there. */
  name: string | undefined;
  service: AwsService | undefined;
}

/** The protocol that a service speaks to a request; a guess where there is no such service. */
function protocolFor(head: RequestHead, service: AwsService | undefined): Protocol {
  return service?.protocolOf?.(head) ?? service?.protocol ?? guessProtocol(head.headers);
}

function guessProtocol(headers: Headers): Protocol {
  if (headers.has("x-amz-target")) return "json-1.1";
  return isForm(headers) ? "query" : "rest-json";
}

/** What a request to a service that is not there asked for. */
function guessOperation(request: AwsRequest): string {
  const target = request.headers.get("x-amz-target")?.split(".").at(1);
  const action = isForm(request.headers) ? formOf(request).get("Action") : undefined;
  return target ?? action ?? `${request.method} ${request.url.pathname}`;
}
