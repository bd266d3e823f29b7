/** Creates the event of a Lambda proxy integration. */
import { commonLogTime, type InvocationContext } from "./invocation-context.ts";
import { isBinary } from "./binary-media-types.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import type { ApiKey } from "../store/api-keys.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { executionHost } from "../store/arns.ts";
import type { RouteMatch } from "../store/routes.ts";
import type { ResolvedStage } from "./resolve-stage.ts";
import { formatTraceHeader } from "../../xray/trace-header.ts";

/** What a Lambda proxy event is created from. */
export interface ProxyEventParts {
  environment: AwsEnvironment;
  context: InvocationContext;
  request: IncomingRequest;
  resolved: ResolvedStage;
  match: RouteMatch;
  /** Undefined where the method has no authorizer. */
  claims: Readonly<Record<string, string>> | undefined;
  /** Undefined where the method requires none. */
  apiKey: ApiKey | undefined;
  body: Uint8Array;
}

/** Not passed to the function (recorded: LocalStack TestApiGatewayHeaderRemapping). */
const droppedHeaders = new Set([
  "connection",
  "content-length",
  "content-md5",
  "expect",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "www-authenticate",
]);

/** Set by the gateway, whatever the client sent. */
const gatewayHeaders = new Set([
  "x-amzn-trace-id",
  "x-forwarded-for",
  "x-forwarded-port",
  "x-forwarded-proto",
]);

/** These have one casing, whatever the client sent (recorded: LocalStack test_lambda_aws_proxy_integration). */
const fixedCasing = new Map([
  ["authorization", "Authorization"],
  ["user-agent", "User-Agent"],
  ["host", "Host"],
]);

/**
 * The event of payload format 1.0, exactly as recorded from AWS (LocalStack test_lambda_aws_proxy_integration).
 * Both header maps are present and empty maps are null; there is no `rawPath`, since frameworks
 * would take it for format 2.0 (honojs/hono#5015). `domainName` is AWS's, also for requests to
 * 127.0.0.1.
 */
export function createProxyEvent(parts: ProxyEventParts) {
  const { request, resolved, match, body } = parts;
  const headers = groupByName(headersOf(parts));
  const query = groupByName([...request.query]);
  const isBase64Encoded =
    body.byteLength > 0 &&
    isBinary(request.header("content-type"), resolved.stage.api.binaryMediaTypes);
  return {
    resource: match.route.resourcePath,
    path: resolved.path,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: headers,
    queryStringParameters: orNull(lastValues(query)),
    multiValueQueryStringParameters: orNull(query),
    pathParameters: match.pathParameters,
    stageVariables: orNull({ ...resolved.stage.variables }),
    requestContext: requestContext(parts),
    body:
      body.byteLength === 0
        ? null
        : Buffer.from(body).toString(isBase64Encoded ? "base64" : "utf8"),
    isBase64Encoded,
  };
}

function requestContext(parts: ProxyEventParts) {
  const { environment, context, request, resolved, match, claims, apiKey } = parts;
  const { stage } = resolved;
  return {
    resourceId: match.route.resourceId,
    resourcePath: match.route.resourcePath,
    httpMethod: request.method,
    extendedRequestId: context.extendedRequestId,
    requestTime: commonLogTime(context.startedAt),
    path: resolved.contextPath,
    accountId: environment.account,
    protocol: "HTTP/1.1",
    stage: stage.stageName,
    domainPrefix: stage.restApiId,
    requestTimeEpoch: context.startedAt,
    requestId: context.requestId,
    identity: {
      accessKey: null,
      accountId: null,
      ...(apiKey ? { apiKey: apiKey.value, apiKeyId: apiKey.id } : {}),
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      user: null,
      userAgent: request.header("user-agent") ?? null,
      userArn: null,
    },
    domainName: executionHost(environment, stage.restApiId),
    deploymentId: stage.deploymentId,
    apiId: stage.restApiId,
    ...(claims ? { authorizer: { claims } } : {}),
  };
}

function headersOf({ request, context }: ProxyEventParts): [string, string][] {
  const forwarded = request.header("x-forwarded-for");
  const kept = request.headers
    .filter(([name]) => {
      const lower = name.toLowerCase();
      return !droppedHeaders.has(lower) && !gatewayHeaders.has(lower);
    })
    .map(([name, value]): [string, string] => [fixedCasing.get(name.toLowerCase()) ?? name, value]);
  return [
    ...kept,
    ["X-Amzn-Trace-Id", formatTraceHeader(context.trace.request)],
    ["X-Forwarded-For", forwarded ? `${forwarded}, ${request.sourceIp}` : request.sourceIp],
    ["X-Forwarded-Port", "443"],
    ["X-Forwarded-Proto", "https"],
  ];
}

function groupByName(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return Object.fromEntries(groups);
}

/** The single-value map has the last of several values (recorded by the same test). */
function lastValues(groups: Readonly<Record<string, string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, values]) => [name, values.at(-1) ?? ""]),
  );
}

function orNull<Values extends object>(values: Values): Values | null {
  return Object.keys(values).length > 0 ? values : null;
}
