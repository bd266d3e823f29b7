/** Writes the event that a Lambda proxy integration gives a function. */
import { commonLogTime, type Exchange } from "./invocation-context.ts";
import { isBinary } from "./binary-media-types.ts";
import type { IncomingRequest } from "./incoming.ts";
import type { ApiKey } from "../store/api-keys.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { executionHost } from "../store/arns.ts";
import type { RouteMatch } from "../store/routes.ts";
import type { Selection } from "./resolve-stage.ts";

/** All that an event is made of. */
export interface ProxyEventParts {
  environment: AwsEnvironment;
  exchange: Exchange;
  request: IncomingRequest;
  selection: Selection;
  match: RouteMatch;
  /** Undefined where the method has no authorizer. */
  claims: Readonly<Record<string, string>> | undefined;
  /** Undefined where the method requires none. */
  apiKey: ApiKey | undefined;
  body: Uint8Array;
}

/** Never reach a function (recorded: LS TestApiGatewayHeaderRemapping). */
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

/** Written by the gateway, whatever the client sent. */
const gatewayHeaders = new Set([
  "x-amzn-trace-id",
  "x-forwarded-for",
  "x-forwarded-port",
  "x-forwarded-proto",
]);

/** These have one casing, whatever the client sent (recorded: LS test_lambda_aws_proxy_integration). */
const fixedCasing = new Map([
  ["authorization", "Authorization"],
  ["user-agent", "User-Agent"],
  ["host", "Host"],
]);

/**
 * The event of payload format 1.0, exactly as recorded from AWS (LS test_lambda_aws_proxy_integration).
 * Both header maps are given and absent maps are null; there is no `rawPath`, by which frameworks
 * would take it for format 2.0 (honojs/hono#5015). `domainName` is AWS's, also where the request
 * came to 127.0.0.1.
 */
export function writeProxyEvent(parts: ProxyEventParts) {
  const { request, selection, match, body } = parts;
  const headers = groupByName(headersOf(parts));
  const query = groupByName([...request.query]);
  const isBase64Encoded =
    body.byteLength > 0 &&
    isBinary(request.header("content-type"), selection.stage.api.binaryMediaTypes);
  return {
    resource: match.route.resourcePath,
    path: selection.path,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: headers,
    queryStringParameters: orNull(lastValues(query)),
    multiValueQueryStringParameters: orNull(query),
    pathParameters: match.pathParameters,
    stageVariables: orNull({ ...selection.stage.variables }),
    requestContext: requestContext(parts),
    body:
      body.byteLength === 0
        ? null
        : Buffer.from(body).toString(isBase64Encoded ? "base64" : "utf8"),
    isBase64Encoded,
  };
}

function requestContext(parts: ProxyEventParts) {
  const { environment, exchange, request, selection, match, claims, apiKey } = parts;
  const { stage } = selection;
  return {
    resourceId: match.route.resourceId,
    resourcePath: match.route.resourcePath,
    httpMethod: request.method,
    extendedRequestId: exchange.extendedRequestId,
    requestTime: commonLogTime(exchange.startedAt),
    path: selection.contextPath,
    accountId: environment.account,
    protocol: "HTTP/1.1",
    stage: stage.stageName,
    domainPrefix: stage.restApiId,
    requestTimeEpoch: exchange.startedAt,
    requestId: exchange.requestId,
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

function headersOf({ request, exchange }: ProxyEventParts): [string, string][] {
  const forwarded = request.header("x-forwarded-for");
  const kept = request.headers
    .filter(([name]) => {
      const lower = name.toLowerCase();
      return !droppedHeaders.has(lower) && !gatewayHeaders.has(lower);
    })
    .map(([name, value]): [string, string] => [fixedCasing.get(name.toLowerCase()) ?? name, value]);
  return [
    ...kept,
    ["X-Amzn-Trace-Id", exchange.trace.request],
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

/** Of several values AWS gives the last in the single-value map (recorded by the same test). */
function lastValues(groups: Readonly<Record<string, string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, values]) => [name, values.at(-1) ?? ""]),
  );
}

function orNull<Values extends object>(values: Values): Values | null {
  return Object.keys(values).length > 0 ? values : null;
}
