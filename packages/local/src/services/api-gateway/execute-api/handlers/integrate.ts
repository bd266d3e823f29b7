/** Step 7: the method's integration. */
import { type ErrorKind, GatewayError } from "../gateway-error.ts";
import type { ProxyIntegration } from "../../store/definition.ts";
import { executionArn } from "../../store/arns.ts";
import { respondWithMock } from "../mock.ts";
import type { Trace } from "../invocation-context.ts";
import { type ProxyEventParts, createProxyEvent } from "../proxy-event.ts";
import { REQUEST_LIMIT } from "../../../lambda/functions/limits.ts";
import type { FailureKind, InvocationResult } from "../../../lambda/invocations/invocation.ts";
import { readProxyResponse } from "../proxy-response.ts";
import { formatTraceHeader, newSegmentId, type TraceHeader } from "../../../xray/trace-header.ts";

/** How functions are invoked; `trace` is the tracing header. */
export interface Functions {
  invoke: (functionArn: string, payload: string, trace: string) => Promise<InvocationResult>;
  /** Whether the function's policy lets apigateway.amazonaws.com invoke it for this source. */
  isInvokeAllowed: (functionArn: string, sourceArn: string) => boolean;
  /** Whether integration timeouts are enforced (default); off while a debugger is attached. */
  timeLimits?: boolean;
}

const errorOf: Record<FailureKind, ErrorKind> = {
  function: "functionFailed",
  timeout: "functionFailed",
  exit: "functionFailed",
  init: "functionFailed",
  throttled: "invocationFailed",
  notFound: "invokeDenied",
};

/** Calls the method's integration. @throws GatewayError for every way it can fail. */
export async function integrate(
  parts: ProxyEventParts,
  functions: Functions,
  now: () => number,
): Promise<Response> {
  const { method } = parts.match.route;
  const { integration } = method;
  if (!integration) throw new GatewayError("apiConfiguration");
  if (integration.type === "MOCK") return respondWithMock(integration, method.integrationResponses);

  const { variables } = parts.context;
  const response = await invokeFunction(integration, parts, functions, now);
  const { trace, integrationLatency } = parts.context;
  if (trace.integration) trace.integration.status = response.status;
  const latency = String(integrationLatency);
  variables
    .set("integration.status", String(response.status))
    .set("integration.integrationStatus", "200")
    .set("integrationStatus", "200")
    .set("integration.latency", latency)
    .set("integrationLatency", latency);
  response.headers.set("X-Amzn-Trace-Id", formatTraceHeader(trace.response));
  return response;
}

async function invokeFunction(
  { functionArn, integrationHttpMethod, timeoutMilliseconds }: ProxyIntegration,
  parts: ProxyEventParts,
  { invoke, isInvokeAllowed, timeLimits = true }: Functions,
  now: () => number,
): Promise<Response> {
  if (integrationHttpMethod !== "POST") throw new GatewayError("invocationFailed");
  if (!isInvokeAllowed(functionArn, sourceArn(parts))) throw new GatewayError("invokeDenied");
  const event = createEvent(parts);
  const { execution, trace } = parts.context;
  execution.call = { functionArn, event };
  const startedAt = now();
  const called = { id: newSegmentId(), functionArn, startedAt, endedAt: startedAt };
  trace.integration = called;
  const invoked = invoke(functionArn, event, formatTraceHeader(traceFor(trace)));
  const answered = timeLimits ? withTimeout(timeoutMilliseconds, invoked) : invoked;
  const result = await answered.finally(() => {
    called.endedAt = now();
    parts.context.integrationLatency = called.endedAt - startedAt;
  });
  execution.result = result;
  parts.context.variables
    .set("integration.requestId", result.requestId)
    .set("awsEndpointRequestId", result.requestId);
  if (!result.ok) throw new GatewayError(errorOf[result.kind]);
  const { binaryMediaTypes } = parts.resolved.stage.api;
  return readProxyResponse(result.payload, {
    accept: parts.request.header("accept"),
    binaryMediaTypes,
  });
}

/** The function's trace: from the stage's segment on, where there is one. */
function traceFor({ request, segmentId, integration }: Trace): TraceHeader {
  if (segmentId === undefined) return request;
  return { root: request.root, parent: integration?.id, sampled: true };
}

/**
 * Lambda's limit is that of the whole event, in which control characters take six bytes; no body is
 * shorter in it. @throws GatewayError requestTooLarge
 */
function createEvent(parts: ProxyEventParts): string {
  if (parts.body.byteLength > REQUEST_LIMIT) throw new GatewayError("requestTooLarge");
  const event = JSON.stringify(createProxyEvent(parts));
  if (Buffer.byteLength(event) > REQUEST_LIMIT) throw new GatewayError("requestTooLarge");
  return event;
}

/** The method is the configured one, so `ANY` for ANY (assumed). */
function sourceArn({
  environment,
  resolved: { stage },
  match: { route },
}: ProxyEventParts): string {
  const api = executionArn(environment, stage.restApiId);
  return `${api}/${stage.stageName}/${route.method.httpMethod}${route.resourcePath}`;
}

/** The function runs on after the timeout, as on AWS. @throws GatewayError integrationTimeout */
async function withTimeout<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new GatewayError("integrationTimeout"));
  }, milliseconds);
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
