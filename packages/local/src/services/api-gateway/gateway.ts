/** The gateway: runs the handlers of a request in AWS's order. */
import type { Connection } from "../../http/listen.ts";
import type { Refusal } from "../../http/refusals.ts";
import { createBodyBudget, type RequestBody } from "../../http/request-body.ts";
import { renderAccessLog } from "./execute-api/access-log.ts";
import { executionEvents } from "./execute-api/execution-log.ts";
import type { VerifyToken } from "./execute-api/cognito-token.ts";
import { asGatewayError } from "./execute-api/gateway-error.ts";
import {
  createInvocationContext,
  type InvocationContext,
  recordStage,
} from "./execute-api/invocation-context.ts";
import { type GatewayResponses, renderError } from "./execute-api/gateway-response.ts";
import { decodeBody } from "./execute-api/content-coding.ts";
import {
  bodyLimit,
  checkHeaderSize,
  type IncomingRequest,
  readRequest,
} from "./execute-api/incoming-request.ts";
import { requestMeasurements } from "./execute-api/metrics.ts";
import { refuseRequest, unreadRequest } from "./execute-api/refuse-request.ts";
import type { Measure } from "../cloudwatch/measurement.ts";
import type { LogEvent } from "../cloudwatch-logs/log-groups.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import type { ServedStage } from "./store/stages.ts";
import type { RestApis } from "./store/rest-apis.ts";
import { identifyClient } from "./execute-api/handlers/api-key.ts";
import { authorize } from "./execute-api/handlers/authorize.ts";
import { checkFirewall, type Firewall } from "./execute-api/handlers/firewall.ts";
import { type Functions, integrate } from "./execute-api/handlers/integrate.ts";
import { findRoute } from "./execute-api/handlers/route.ts";
import { throttle } from "./execute-api/handlers/throttle.ts";
import { meterClient } from "./execute-api/handlers/usage-plan.ts";
import { validateRequest } from "./execute-api/handlers/validate.ts";
import { createQuotaCounters } from "./execute-api/quota-counters.ts";
import { resolveStage, type ResolvedStage } from "./execute-api/resolve-stage.ts";
import { createTokenBuckets } from "./execute-api/token-buckets.ts";

/** A line of a stage's access log. */
export interface AccessLogEntry {
  logGroupArn: string;
  line: string;
  /** The path as it was sent, which the line need not have. */
  sentPath: string;
}

/** The gateway's dependencies. */
export interface GatewayDeps extends Functions {
  environment: AwsEnvironment;
  apis: RestApis;
  waf: Firewall;
  verifyToken: VerifyToken;
  /** The time in ms since 1970. */
  now: () => number;
  log: (entry: AccessLogEntry) => void;
  measure: Measure;
  logExecution: (event: LogEvent) => void;
  /** Called with faults of the local cloud itself; the client sees a plain 500. */
  onError: (error: unknown) => void;
  /** Bytes of the bodies of all requests that are served at once. */
  bodyMemory?: number;
}

const noResponses: GatewayResponses = new Map();

/** Creates the gateway; serve `fetch` on 127.0.0.1. */
export function createGateway(deps: GatewayDeps) {
  const {
    environment,
    apis,
    waf,
    now,
    measure,
    log,
    logExecution,
    onError,
    bodyMemory = 64 * 1024 * 1024,
  } = deps;
  const bodies = createBodyBudget(bodyMemory);
  const buckets = createTokenBuckets(now);
  const quotas = createQuotaCounters(now);

  async function runHandlers(
    request: IncomingRequest,
    resolved: ResolvedStage,
    context: InvocationContext,
    incoming: RequestBody,
  ): Promise<Response> {
    const { stage } = resolved;
    const { variables } = context;
    await checkFirewall(waf, stage.arn, request, incoming, variables);
    const match = findRoute(resolved, request, variables);
    const { execution } = context;
    context.route = match.route;
    execution.pathParameters = match.pathParameters;
    const { method } = match.route;
    const claims = await authorize(method, stage.api, request, deps, variables);
    const client = identifyClient(apis, stage, match.route, request, variables);
    execution.client = client;
    if (client) meterClient({ buckets, quotas }, client, stage, match.route);
    throttle(buckets, stage, match.route);
    const body = await readContent(request, incoming);
    execution.body = body;
    validateRequest(stage, match, request, body);
    const parts = {
      environment,
      context,
      request,
      resolved,
      match,
      claims,
      apiKey: client?.key,
      body,
    };
    return integrate(parts, deps, now);
  }

  async function respond(raw: Request, request: IncomingRequest, context: InvocationContext) {
    let stage: ServedStage | undefined;
    const body = bodies.open(raw, bodyLimit);
    try {
      const resolved = resolveStage(request, apis);
      ({ stage } = resolved);
      recordStage(context, resolved, environment);
      checkHeaderSize(request);
      await body.read(0);
      const response = await runHandlers(request, resolved, context, body);
      return { stage, response, error: undefined };
    } catch (error) {
      const known = asGatewayError(error);
      if (known.kind === "internalFailure") onError(error);
      const customized = stage?.api.gatewayResponses ?? noResponses;
      const response = renderError(known, context.variables, customized);
      return { stage, response, error: known };
    } finally {
      body.release();
    }
  }

  /** Serves a request; the connection has the client's address. */
  async function handleRequest(raw: Request, connection: Connection): Promise<Response> {
    const request = readRequest(raw, connection);
    const context = createInvocationContext(request, environment, now());
    const { stage, response, error } = await respond(raw, request, context);
    setIds(response, context);
    const latency = now() - context.startedAt;
    if (stage) {
      const { route, integrationLatency } = context;
      const { status } = response;
      measure(...requestMeasurements({ stage, route, status, latency, integrationLatency }));
      const finished = { request, context, stage, response, error };
      for (const event of await executionEvents(finished, now())) logExecution(event);
    }
    if (stage?.accessLogSettings) {
      const { destinationArn, format } = stage.accessLogSettings;
      context.variables
        .set("status", String(response.status))
        .set("responseLatency", String(latency));
      if (format.includes("$context.responseLength")) {
        context.variables.set("responseLength", await lengthOf(response));
      }
      const line = renderAccessLog(format, context.variables);
      log({ logGroupArn: destinationArn, line, sentPath: request.path });
    }
    return response;
  }

  /** Responds to what the listener could not read as a request. */
  function refuse(reason: Refusal): Response {
    const context = createInvocationContext(unreadRequest, environment, now());
    const response = refuseRequest(reason, apis, context.variables);
    setIds(response, context);
    return response;
  }

  return { fetch: handleRequest, refuse };
}

/** The gateway of one local cloud. */
export type Gateway = ReturnType<typeof createGateway>;

function setIds({ headers }: Response, { requestId, extendedRequestId }: InvocationContext): void {
  headers.set("x-amzn-RequestId", requestId);
  headers.set("x-amz-apigw-id", extendedRequestId);
}

/** The whole body as the integration gets it, read only for who may call the method. */
async function readContent(request: IncomingRequest, incoming: RequestBody): Promise<Buffer> {
  const body = await incoming.read();
  const content = await decodeBody(body, request.header("content-encoding"), bodyLimit);
  if (content !== body) incoming.addBytes(content.byteLength);
  return content;
}

/** The bytes of a response's body. */
async function lengthOf(response: Response): Promise<string> {
  return String((await response.clone().arrayBuffer()).byteLength);
}
