/** The invocation context of a request: its ids, its trace and its `$context` variables. */
import { randomUUID } from "node:crypto";
import { randomBytes } from "../../../memory/random-bytes.ts";
import type { ContextVariables } from "./context-variables.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { executionHost } from "../store/arns.ts";
import type { ResolvedStage } from "./resolve-stage.ts";
import type { Route, RouteMatch } from "../store/routes.ts";
import type { ApiClient } from "../store/usage.ts";
import type { InvocationResult } from "../../lambda/invocations/invocation.ts";
import {
  newSegmentId,
  newTraceId,
  parseTraceHeader,
  type TraceHeader,
} from "../../xray/trace-header.ts";

/** What the handlers know of a request. */
export interface InvocationContext {
  requestId: string;
  /** The response's `x-amz-apigw-id`. */
  extendedRequestId: string;
  trace: Trace;
  /** In ms since 1970. */
  startedAt: number;
  variables: ContextVariables;
  /** Set when it is found. */
  route?: Route;
  /** In ms; set when the integration has answered, failed or timed out. */
  integrationLatency?: number;
  execution: Execution;
}

/** What a request has come to so far, for its execution log. */
interface Execution {
  pathParameters?: RouteMatch["pathParameters"];
  /** Undefined also where the method requires no API key. */
  client?: ApiClient | undefined;
  body?: Uint8Array;
  /** Of the function: what it is called with. */
  call?: { readonly functionArn: string; readonly event: string };
  result?: InvocationResult;
}

/** The X-Ray ids of a request. */
export interface Trace {
  /** What the client sent, completed; the function sees it in `X-Amzn-Trace-Id`. */
  request: TraceHeader;
  /** What the client sees. */
  response: TraceHeader;
  /** The id of the stage's segment, if it records one. */
  segmentId: string | undefined;
  /** Undefined until a function is called. */
  integration?: TracedIntegration;
}

/** The call of a function; times are milliseconds since 1970. */
export interface TracedIntegration {
  /** Of its subsegment. */
  readonly id: string;
  readonly functionArn: string;
  readonly startedAt: number;
  endedAt: number;
  /** Of the response; undefined where the function gave none. */
  status?: number;
}

/** Creates the context of a request; the handlers add to its `$context` variables. */
export function createInvocationContext(
  request: IncomingRequest,
  environment: AwsEnvironment,
  now: number,
): InvocationContext {
  const requestId = randomUUID();
  const extendedRequestId = `${randomBytes(11).toString("base64url")}=`;
  const variables: ContextVariables = new Map([
    ["requestId", requestId],
    ["extendedRequestId", extendedRequestId],
    ["accountId", environment.account],
    ["httpMethod", request.method],
    ["protocol", "HTTP/1.1"],
    ["requestTime", commonLogTime(now)],
    ["requestTimeEpoch", String(now)],
    ["identity.sourceIp", request.sourceIp],
    ["tlsVersion", request.tls?.version ?? null],
    ["cipherSuite", request.tls?.cipherSuite ?? null],
    ["identity.userAgent", request.header("user-agent") ?? null],
  ]);
  const trace = readTrace(request.header("x-amzn-trace-id") ?? "", now);
  return { requestId, extendedRequestId, trace, startedAt: now, variables, execution: {} };
}

/** Sets the variables of the stage that a request was resolved to. */
export function recordStage(
  { variables, trace }: InvocationContext,
  { stage, contextPath }: ResolvedStage,
  environment: AwsEnvironment,
): void {
  variables
    .set("apiId", stage.restApiId)
    .set("stage", stage.stageName)
    .set("deploymentId", stage.deploymentId)
    .set("domainName", executionHost(environment, stage.restApiId))
    .set("domainPrefix", stage.restApiId)
    .set("path", contextPath)
    .set("xrayTraceId", stage.xrayTracingEnabled ? trace.request.root : null);
  if (stage.xrayTracingEnabled === true) decideToSample(trace);
}

/** Every request is recorded, unless its client has decided otherwise. */
function decideToSample(trace: Trace): void {
  if (trace.request.sampled === false) return;
  trace.response = { ...trace.response, sampled: true };
  trace.segmentId = newSegmentId();
}

/** A time in ms since 1970 as `29/Jul/2016:18:52:53 +0000`. */
export function commonLogTime(time: number): string {
  const [, day, month, year, clock] = new Date(time).toUTCString().split(" ");
  return `${day}/${month}/${year}:${clock} +0000`;
}

/**
 * Keeps a client's trace where its parts are well formed, and completes it (recorded:
 * LocalStack test_invocation_trace_id). Anything else of that header is dropped, since the response
 * repeats it.
 */
function readTrace(header: string, now: number): Trace {
  const sent = parseTraceHeader(header);
  const request = { ...sent, root: sent.root ?? newTraceId(now) };
  const { parent = newSegmentId(), sampled = false } = request;
  return { request, response: { ...request, parent, sampled }, segmentId: undefined };
}
