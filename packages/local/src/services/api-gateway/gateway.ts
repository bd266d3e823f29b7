/** The gateway: serves requests, and measures, logs and records them. */
import type { Connection } from "../../http/listen.ts";
import type { Refusal } from "../../http/refusals.ts";
import { createBodyBudget } from "../../http/request-body.ts";
import type { Served } from "../../requests/recorder.ts";
import type { RequestHead } from "../../requests/record.ts";
import type { ReportStep } from "../../requests/step.ts";
import { renderAccessLog } from "./execute-api/access-log.ts";
import { executionEvents } from "./execute-api/execution-log.ts";
import { asGatewayError } from "./execute-api/gateway-error.ts";
import {
  createInvocationContext,
  type InvocationContext,
  recordStage,
} from "./execute-api/invocation-context.ts";
import { type GatewayResponses, renderError } from "./execute-api/gateway-response.ts";
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
import { createHandlers, type HandlerDeps } from "./execute-api/run-handlers.ts";
import { createSteps } from "./execute-api/steps.ts";
import { resolveStage, type ResolvedStage } from "./execute-api/resolve-stage.ts";
import { stageSegment } from "./execute-api/stage-segment.ts";
import type { Segment } from "../xray/segments.ts";

/** A line of a stage's access log. */
export interface AccessLogEntry {
  logGroupArn: string;
  line: string;
}

/** Where requests are recorded, with what their handlers decided. */
interface Requests {
  record(
    head: RequestHead,
    headers: IncomingRequest["headers"],
    serve: () => Promise<Served>,
  ): Promise<Response>;
  readonly report: ReportStep;
}

/** The gateway's dependencies. */
export interface GatewayDeps extends HandlerDeps {
  requests: Requests;
  log: (entry: AccessLogEntry) => void;
  measure: Measure;
  logExecution: (event: LogEvent) => void;
  /** Records the segments of stages with tracing; they are discarded by default. */
  recordSegment?: (segment: Segment) => void;
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
    now,
    requests,
    measure,
    log,
    logExecution,
    recordSegment = () => undefined,
    onError,
    bodyMemory = 64 * 1024 * 1024,
  } = deps;
  const bodies = createBodyBudget(bodyMemory);
  const step = createSteps(requests.report);
  const runHandlers = createHandlers(deps, step);

  async function respond(raw: Request, request: IncomingRequest, context: InvocationContext) {
    let resolved: ResolvedStage | undefined;
    const body = bodies.open(raw, bodyLimit);
    try {
      const found = await step("gateway", { name: () => resolved?.stage.stageName }, async () => {
        resolved = resolveStage(request, apis);
        recordStage(context, resolved, environment);
        checkHeaderSize(request);
        await body.read(0);
        return resolved;
      });
      const response = await runHandlers(request, found, context, body);
      return { resolved, response, error: undefined, requestBody: body.arrived };
    } catch (error) {
      const known = asGatewayError(error);
      if (known.kind === "internalFailure") onError(error);
      const customized = resolved?.stage.api.gatewayResponses ?? noResponses;
      const response = renderError(known, context.variables, customized);
      return { resolved, response, error: known, requestBody: body.arrived };
    } finally {
      body.release();
    }
  }

  async function serve(
    raw: Request,
    request: IncomingRequest,
    context: InvocationContext,
  ): Promise<Served> {
    const { resolved, response, error, requestBody } = await respond(raw, request, context);
    setIds(response, context);
    const endedAt = now();
    const latency = endedAt - context.startedAt;
    const stage = resolved?.stage;
    if (resolved && stage) {
      const { route, integrationLatency } = context;
      const { status } = response;
      measure(...requestMeasurements({ stage, route, status, latency, integrationLatency }));
      const segment = stageSegment({ environment, request, resolved, context, status, endedAt });
      if (segment !== undefined) recordSegment(segment);
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
      log({ logGroupArn: destinationArn, line });
    }
    return { response, requestBody, route: context.route?.resourcePath };
  }

  /** Serves a request; the connection has the client's address. */
  function handleRequest(raw: Request, connection: Connection): Promise<Response> {
    const request = readRequest(raw, connection);
    const context = createInvocationContext(request, environment, now());
    const { requestId: id, trace, startedAt } = context;
    const { method, sourceIp } = request;
    const { target } = connection;
    const head = { id, traceId: trace.request.root, startedAt, method, target, sourceIp };
    return requests.record(head, request.headers, () => serve(raw, request, context));
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

/** The bytes of a response's body. */
async function lengthOf(response: Response): Promise<string> {
  return String((await response.clone().arrayBuffer()).byteLength);
}
