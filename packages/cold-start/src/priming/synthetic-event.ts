/** A synthetic event of API Gateway's REST proxy integration. */
import type { LambdaEvent } from "hono/aws-lambda";

/** Creates the event of a greeting request to a route; its addresses and names are reserved ones. */
export function createSyntheticEvent(path: string, token: string): LambdaEvent {
  const host = "synthetic.invalid";
  const headers = {
    Accept: "*/*",
    Authorization: `Bearer ${token}`,
    "Content-Type": "application/json",
    Host: host,
  };
  const multiValueHeaders = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value]]),
  );
  return {
    version: "1.0",
    resource: path,
    path,
    httpMethod: "POST",
    headers,
    multiValueHeaders,
    body: JSON.stringify({ name: "Nobody" }),
    isBase64Encoded: false,
    requestContext: {
      accountId: "000000000000",
      apiId: "synthetic",
      authorizer: {},
      domainName: host,
      domainPrefix: "synthetic",
      extendedRequestId: "synthetic",
      httpMethod: "POST",
      identity: { sourceIp: "192.0.2.1", userAgent: "" },
      path,
      protocol: "HTTP/1.1",
      requestId: "synthetic",
      requestTime: "",
      requestTimeEpoch: 0,
      resourcePath: path,
      stage: "synthetic",
    },
  };
}
