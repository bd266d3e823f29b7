/** The execution log of a request at INFO: its steps in API Gateway's words, and its data if they are traced. */
import { errorLines, completion } from "./execution-errors.ts";
import type { FinishedRequest } from "./finished-request.ts";
import type { InvocationContext } from "./invocation-context.ts";
import { redact } from "./redact.ts";

/**
 * The lines, all recorded; those of which no recording is known, such as that a key is accepted, are
 * left out. That a user pool's authorizer has the lines of a Lambda authorizer is assumed. `data` is
 * the body of the response where data is traced. Of what API Gateway and Lambda send each other, the
 * headers are left out.
 */
export function executionLines(
  finished: FinishedRequest,
  data: string | undefined,
): readonly string[] {
  const { context, stage, error } = finished;
  const xray = stage.xrayTracingEnabled
    ? [`X-ray Tracing ID : Root=${context.trace.request.root}`]
    : [];
  const endpointId = context.variables.get("awsEndpointRequestId");
  return [
    `Extended Request Id: ${context.extendedRequestId}`,
    ...authorization(finished),
    ...usagePlan(finished),
    ...requestLines(finished, data !== undefined),
    ...(data === undefined ? [] : responseLines(finished, data)),
    ...(error
      ? errorLines(finished, error)
      : ["Successfully completed execution", completion(finished)]),
    ...(endpointId ? [`AWS Integration Endpoint RequestId : ${endpointId}`] : []),
    ...xray,
  ];
}

function authorization({ context }: FinishedRequest): readonly string[] {
  const by = context.route?.method.authorization;
  if (by?.type !== "COGNITO_USER_POOLS") return [];
  const started = `Starting authorizer: ${by.authorizerId} for request: ${context.requestId}`;
  return isAuthorized(context)
    ? [started, "Successfully completed authorizer execution"]
    : [started];
}

function isAuthorized({ route, variables }: InvocationContext): boolean {
  const isOpen = route?.method.authorization.type === "NONE";
  return isOpen || variables.get("authorizer.status") === "200";
}

function usagePlan({ context, stage }: FinishedRequest): readonly string[] {
  const { execution, requestId, route } = context;
  const { client, body } = execution;
  if (!route || !isAuthorized(context)) return [];
  const { method, resourcePath } = route;
  const key = client ? redact(client.key.value) : "";
  const stageId = `${stage.restApiId}/${stage.stageName}`;
  const verifying = `Verifying Usage Plan for request: ${requestId}. API Key: ${key} API Stage: ${stageId}`;
  if (!body) return [verifying];
  const open = `API Key  authorized because method '${method.httpMethod} ${resourcePath}' does not require API Key. Request will not contribute to throttle or quota limits`;
  return [
    verifying,
    ...(method.rules.apiKeyRequired ? [] : [open]),
    `Usage Plan check succeeded for API Key ${key} and API Stage ${stageId}`,
  ];
}

function requestLines(
  { request, context, stage }: FinishedRequest,
  isTraced: boolean,
): readonly string[] {
  const { pathParameters, body, call } = context.execution;
  if (!body) return [];
  const path = (context.variables.get("path") ?? request.path).slice(`/${stage.stageName}`.length);
  const steps = [
    `Starting execution for request: ${context.requestId}`,
    `HTTP Method: ${request.method}, Resource Path: ${path}`,
  ];
  if (!isTraced) return steps;
  return [
    ...steps,
    `Method request path: ${listOf(Object.entries(pathParameters ?? {}))}`,
    `Method request query string: ${listOf([...request.query])}`,
    `Method request headers: ${listOf(request.headers)}`,
    `Method request body before transformations: ${Buffer.from(body).toString()}`,
    ...(call
      ? [
          `Endpoint request URI: ${uriOf(call.functionArn)}`,
          `Endpoint request body after transformations: ${call.event}`,
          `Sending request to ${uriOf(call.functionArn)}`,
        ]
      : []),
  ];
}

function responseLines(
  { context: { execution, integrationLatency }, response, error }: FinishedRequest,
  body: string,
): readonly string[] {
  const { result } = execution;
  const hasRun = result && (result.ok || !["throttled", "notFound"].includes(result.kind));
  return [
    ...(hasRun
      ? [
          `Received response. Status: 200, Integration latency: ${String(integrationLatency)} ms`,
          `Endpoint response body before transformations: ${result.payload}`,
        ]
      : []),
    ...(error
      ? []
      : [
          `Method response body after transformations: ${body}`,
          `Method response headers: ${listOf([...response.headers])}`,
        ]),
  ];
}

function uriOf(functionArn: string): string {
  const [, , , region = ""] = functionArn.split(":");
  return `https://lambda.${region}.amazonaws.com/2015-03-31/functions/${functionArn}/invocations`;
}

function listOf(pairs: readonly (readonly [string, string])[]): string {
  return `{${pairs.map(([name, value]) => `${name}=${value}`).join(", ")}}`;
}
