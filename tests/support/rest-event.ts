/** The event with which API Gateway's REST proxy integration invokes a function. */
import type { APIGatewayProxyEvent } from "aws-lambda";
import * as z from "zod";

/**
 * A complete event, to be spread and changed. Both header maps are there and absent maps are null,
 * as recorded on AWS; `path` is without the stage, `requestContext.path` with it.
 */
export const baseRestEvent: APIGatewayProxyEvent = {
  resource: "/lambda1",
  path: "/lambda1",
  httpMethod: "POST",
  ...withHeaders({
    Accept: "*/*",
    "Content-Type": "application/json",
    Host: "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
    "User-Agent": "curl/8.5.0",
    "X-Amzn-Trace-Id": "Root=1-65a1b2c3-0123456789abcdef01234567",
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Port": "443",
    "X-Forwarded-Proto": "https",
  }),
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  pathParameters: null,
  stageVariables: null,
  requestContext: {
    accountId: "123456789012",
    apiId: "a1b2c3d4e5",
    authorizer: { claims: { sub: "a-subject", token_use: "id" } },
    domainName: "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
    domainPrefix: "a1b2c3d4e5",
    extendedRequestId: "ExtendedRequestId=",
    httpMethod: "POST",
    identity: {
      accessKey: null,
      accountId: null,
      apiKey: null,
      apiKeyId: null,
      caller: null,
      clientCert: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: "203.0.113.7",
      user: null,
      userAgent: "curl/8.5.0",
      userArn: null,
    },
    path: "/prod/lambda1",
    protocol: "HTTP/1.1",
    requestId: "11111111-2222-4333-8444-555555555555",
    requestTime: "01/Jan/2026:00:00:00 +0000",
    requestTimeEpoch: Date.UTC(2026, 0, 1),
    resourceId: "abc123",
    resourcePath: "/lambda1",
    stage: "prod",
  },
  body: null,
  isBase64Encoded: false,
};

/** Both header maps of an event, filled with the same headers. */
export function withHeaders(
  headers: Readonly<Record<string, string>>,
): Pick<APIGatewayProxyEvent, "headers" | "multiValueHeaders"> {
  return {
    headers: { ...headers },
    multiValueHeaders: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value]]),
    ),
  };
}

const restAnswerSchema = z.strictObject({
  statusCode: z.number(),
  multiValueHeaders: z.record(z.string(), z.array(z.string())),
  body: z.string(),
  isBase64Encoded: z.literal(false),
});

/** What a function answers to such an event. */
export type RestAnswer = z.infer<typeof restAnswerSchema>;

/** Invokes a handler as Lambda does: with an event that went through JSON, whatever its types say. */
export async function invokeRest(
  handler: (...args: never[]) => Promise<unknown>,
  event: unknown,
): Promise<RestAnswer> {
  const delivered: unknown = JSON.parse(JSON.stringify(event));
  const answer: unknown = await Reflect.apply(handler, undefined, [delivered]);
  return restAnswerSchema.parse(answer);
}
