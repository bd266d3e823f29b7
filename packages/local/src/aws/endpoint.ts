/** The one AWS endpoint: finds the service and the operation of a request, refuses the unknown. */
import { randomUUID } from "node:crypto";
import { credentialScope } from "./credential-scope.ts";
import {
  AwsError,
  renderError,
  unknownOperationCode,
  unsupported,
  type Protocol,
} from "./errors.ts";
import { formOf, isForm } from "./query-protocol.ts";
import type { AwsAuthorization, AwsRequest, AwsService } from "./service.ts";

/** What the endpoint serves. */
export type AwsEndpointOptions = {
  region: string;
  /** Services by the name that a signature's credential scope gives them (`cognito-idp`, `s3` …). */
  services: Readonly<Record<string, AwsService>>;
  /** The JSON document that anybody may GET at a path (a user pool's keys); undefined for none. */
  publicDocument: (path: string) => object | undefined;
  /** Decides on each call of an operation. @throws AwsError to refuse it. */
  authorize: (call: AwsAuthorization) => void;
  /** Told about every failure that is a fault of the local cloud, not of the caller. */
  onError: (error: unknown) => void;
};

/** The endpoint as a fetch handler: every failure of a service becomes an AWS-shaped answer. */
export type AwsEndpoint = {
  fetch: (request: Request) => Promise<Response>;
  /** The operations that are answered, by the service that a signature names. */
  operations: ReadonlyMap<string, readonly string[]>;
};

/** An endpoint for `services`. Each answer carries its own `x-amzn-requestid`. */
export function createAwsEndpoint(options: AwsEndpointOptions): AwsEndpoint {
  const services = new Map(Object.entries(options.services));
  const byTarget = new Map(
    [...services].flatMap(([name, { targetPrefix }]) =>
      targetPrefix === undefined ? [] : [[targetPrefix, name] as const],
    ),
  );

  async function answer(request: AwsRequest, requestId: string): Promise<Response> {
    const guessed = guessProtocol(request.headers);
    const refuse = (error: AwsError, protocol: Protocol = guessed) =>
      renderError(protocol, error, requestId);

    // AWS's clients never send Origin; a web page that reaches for this port always does.
    if (request.headers.has("origin")) {
      return refuse(new AwsError("AccessDenied", "Web pages may not call the local cloud.", 403));
    }

    const scope = credentialScope(request.headers, request.url);
    const target = request.headers.get("x-amz-target")?.split(".")[0];
    const name =
      scope?.service ?? (target === undefined ? undefined : (byTarget.get(target) ?? target));
    if (name === undefined) {
      const document =
        request.method === "GET" ? options.publicDocument(request.url.pathname) : undefined;
      if (document !== undefined) return Response.json(document);
      return refuse(
        new AwsError("MissingAuthenticationToken", "Missing Authentication Token", 403),
      );
    }

    const service = services.get(name);
    if (service === undefined) {
      return refuse(
        unsupported(`${name}:${guessOperation(request)}`, unknownOperationCode[guessed], 501),
      );
    }
    const protocol = service.protocolOf?.(request) ?? service.protocol;
    if (scope !== undefined && scope.region !== options.region) {
      const where = `${name} in ${scope.region}; it stands for ${options.region} alone`;
      return refuse(unsupported(where, "InvalidRegion"), protocol);
    }
    const operation = service.operationOf(request);
    if (!service.operations.includes(operation)) {
      const error = unsupported(`${name}:${operation}`, unknownOperationCode[protocol]);
      return refuse(error, protocol);
    }
    if (scope === undefined && service.publicOperations?.includes(operation) !== true) {
      const code = "MissingAuthenticationTokenException";
      return refuse(new AwsError(code, "Missing Authentication Token"), protocol);
    }

    try {
      const caller = scope?.accessKeyId;
      if (service.unrestrictedOperations?.includes(operation) !== true) {
        const resource = service.resourceOf?.(request) ?? "*";
        options.authorize({ caller, service: name, operation, resource });
      }
      return await service.handle({ request, operation, caller });
    } catch (error) {
      if (error instanceof AwsError) return refuse(error, protocol);
      options.onError(error);
      const message = "The local cloud failed; its log says why.";
      return refuse(new AwsError("InternalFailure", message, 500), protocol);
    }
  }

  return {
    operations: new Map([...services].map(([name, { operations }]) => [name, operations])),
    async fetch(request) {
      const requestId = randomUUID();
      const body = Buffer.from(await request.arrayBuffer());
      const { method, headers } = request;
      const url = new URL(request.url);
      const response = await answer({ method, url, headers, body }, requestId);
      response.headers.set("x-amzn-requestid", requestId);
      return method === "HEAD" ? new Response(null, response) : response;
    },
  };
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
