/** A made-up event of API Gateway's REST proxy integration. */
import type { LambdaEvent } from "hono/aws-lambda";

/** Makes a greeting request's event for a route; addresses and names in it are nobody's. */
export function inventEvent(path: string, token: string): LambdaEvent {
  const host = "invented.invalid";
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
      apiId: "invented",
      authorizer: {},
      domainName: host,
      domainPrefix: "invented",
      extendedRequestId: "invented",
      httpMethod: "POST",
      identity: { sourceIp: "192.0.2.1", userAgent: "" },
      path,
      protocol: "HTTP/1.1",
      requestId: "invented",
      requestTime: "",
      requestTimeEpoch: 0,
      resourcePath: path,
      stage: "invented",
    },
  };
}
