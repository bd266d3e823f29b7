/** API Gateway by itself: over a firewall, with functions, a verifier and a clock that the test controls. */
import { createRequestRecorder } from "../../../src/requests/recorder.ts";
import {
  type AccessLogEntry,
  createGateway,
  type GatewayDeps,
} from "../../../src/services/api-gateway/gateway.ts";
import { createRestApis } from "../../../src/services/api-gateway/store/rest-apis.ts";
import type {
  FailureKind,
  InvocationResult,
} from "../../../src/services/lambda/invocations/invocation.ts";
import type { LogEvent } from "../../../src/services/cloudwatch-logs/log-groups.ts";
import type { Connection } from "../../../src/http/listen.ts";
import { createMeasurements } from "../../support/measurements.ts";
import { createWaf } from "../../../src/services/waf/waf.ts";

export const environment = { region: "us-east-1", account: "123456789012" };
export const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:External";
export const poolArn = (id: string) => `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${id}`;

type Harness = ReturnType<typeof createHarness>;
type Verify = GatewayDeps["verifyToken"];

/** A request; default: a GET from 127.0.0.1. */
export interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  rawHeaders?: string[];
  remoteAddress?: string;
  tls?: Connection["tls"];
}

/**
 * Creates the gateway; `invoke`, `isInvokeAllowed` and `verifyToken` can be changed on the way.
 * `overrides` are taken instead of what records calls.
 */
export function createHarness(overrides: Partial<GatewayDeps> = {}) {
  const clock = { now: Date.UTC(2026, 10, 22, 23, 14, 5, 678) };
  const now = () => clock.now;
  const apis = createRestApis(environment);
  const waf = createWaf({ ...environment, now });
  const events: unknown[] = [];
  const logs: AccessLogEntry[] = [];
  const measurements = createMeasurements();
  const executions: LogEvent[] = [];
  const errors: unknown[] = [];
  const sources: string[] = [];
  const doubles = {
    invoke: async (): Promise<InvocationResult> => reply({ statusCode: 200, body: "hello" }),
    isInvokeAllowed: true,
    verifyToken: (async () => ({ ok: false, reason: "invalid" })) satisfies Verify as Verify,
  };
  const gateway = createGateway({
    requests: createRequestRecorder(),
    environment,
    apis,
    waf,
    now,
    measure: measurements.measure,
    verifyToken: (arn, token) => doubles.verifyToken(arn, token),
    invoke: (arn, payload) => {
      events.push(JSON.parse(payload));
      return arn === functionArn ? doubles.invoke() : Promise.reject(new Error(arn));
    },
    isInvokeAllowed: (arn, source) => {
      sources.push(source);
      return arn === functionArn && doubles.isInvokeAllowed;
    },
    log: (entry) => logs.push(entry),
    logExecution: (event) => executions.push(event),
    onError: (error) => errors.push(error),
    ...overrides,
  });

  function send(path: string, call: Call = {}): Promise<Response> {
    const { method = "GET", headers = {}, body, remoteAddress = "127.0.0.1", rawHeaders } = call;
    const { tls } = call;
    const request = new Request(`http://127.0.0.1:3000${path}`, {
      method,
      headers: { host: "127.0.0.1:3000", ...headers },
      body: body ?? null,
    });
    const connection = { ...connectionOf(request, remoteAddress), tls };
    return gateway.fetch(request, rawHeaders ? { ...connection, rawHeaders } : connection);
  }

  return {
    apis,
    clock,
    doubles,
    errors,
    events,
    executions,
    gateway,
    logs,
    measurements,
    send,
    sources,
    waf,
  };
}

/** The connection that the listener reports for a request. */
export function connectionOf(request: Request, remoteAddress = "127.0.0.1"): Connection {
  return { remoteAddress, target: request.url, rawHeaders: [...request.headers].flat() };
}

/** The result of a function that returned a value. */
export function reply(value: unknown): InvocationResult {
  return { ok: true, requestId: "invocation", payload: JSON.stringify(value) };
}

/** How an invocation failed; `payload` is the error as JSON. */
export function failure(kind: FailureKind, payload = "{}"): InvocationResult {
  return { ok: false, requestId: "invocation", kind, errorType: "Error", payload };
}

/** What the client of an error sees. */
export async function outcome(response: Response) {
  const errorType = response.headers.get("x-amzn-ErrorType");
  return { status: response.status, errorType, body: await response.text() };
}

/** How a test describes a method. */
export interface MethodSketch {
  path: string;
  method?: string;
  /** The pools of the method's authorizer; none for an open method. */
  pools?: string[];
  scopes?: string[];
  audience?: string;
  identitySource?: string;
  timeoutMilliseconds?: number;
}

/** A store with one API that has nothing but its root, and the name of a method there. */
export function putOne() {
  const apis = createRestApis(environment);
  const { id: restApiId, rootResourceId: resourceId } = apis.putRestApi({
    name: "api",
    endpointType: "REGIONAL",
  });
  return { apis, restApiId, resourceId, name: { restApiId, resourceId, httpMethod: "GET" } };
}

/** Puts methods with the resources above them; gives the ids. */
export function putMethods(
  { apis }: Pick<Harness, "apis">,
  methods: MethodSketch[],
  settings: {
    name?: string;
    binaryMediaTypes?: string[];
    disableExecuteApiEndpoint?: boolean;
    isStrict?: boolean;
  } = {},
) {
  const api = apis.putRestApi({ name: "api", endpointType: "REGIONAL", ...settings });
  const resources = new Map([["", api.rootResourceId]]);
  for (const sketch of methods) {
    const resourceId = putPath(apis, api.id, resources, sketch.path);
    const name = { restApiId: api.id, resourceId, httpMethod: sketch.method ?? "GET" };
    apis.putMethod({ ...name, ...putAuthorizer(apis, api.id, sketch) });
    apis.putIntegration({
      ...name,
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: invokeUri(functionArn),
      timeoutMilliseconds: sketch.timeoutMilliseconds,
    });
  }
  return { ...api, resourceIdOf: (path: string) => resources.get(path === "/" ? "" : path) ?? "" };
}

/** Puts methods, deploys them and serves them as the stage `local`. */
export function deploy(
  harness: Pick<Harness, "apis">,
  methods: MethodSketch[],
  settings: Parameters<typeof putMethods>[2] & {
    accessLogFormat?: string;
    variables?: Record<string, string>;
    xrayTracingEnabled?: boolean;
  } = {},
) {
  const { accessLogFormat, variables, xrayTracingEnabled, ...apiSettings } = settings;
  const api = putMethods(harness, methods, apiSettings);
  const { id: deploymentId } = harness.apis.deploy({ restApiId: api.id });
  const stage = harness.apis.putStage({
    restApiId: api.id,
    stageName: "local",
    deploymentId,
    variables,
    xrayTracingEnabled,
    accessLogSettings: accessLogFormat
      ? { destinationArn: "arn:log-group", format: accessLogFormat }
      : undefined,
  });
  return { ...api, deploymentId, stage };
}

/** The ARN by which API Gateway invokes a function. */
export function invokeUri(arn: string): string {
  return `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

function putPath(
  apis: Harness["apis"],
  restApiId: string,
  resources: Map<string, string>,
  path: string,
): string {
  let at = "";
  for (const pathPart of path.split("/").filter(Boolean)) {
    const parentId = resources.get(at) ?? "";
    at += `/${pathPart}`;
    const id = resources.get(at) ?? apis.putResource({ restApiId, parentId, pathPart }).id;
    resources.set(at, id);
  }
  return resources.get(at) ?? "";
}

function putAuthorizer(apis: Harness["apis"], restApiId: string, sketch: MethodSketch) {
  if (!sketch.pools) return { authorization: "NONE" };
  const { id } = apis.putAuthorizer({
    restApiId,
    name: "authorizer",
    type: "COGNITO_USER_POOLS",
    providerArns: sketch.pools.map(poolArn),
    identitySource: sketch.identitySource,
    identityValidationExpression: sketch.audience,
  });
  return {
    authorization: "COGNITO_USER_POOLS",
    authorizerId: id,
    authorizationScopes: sketch.scopes,
  };
}
