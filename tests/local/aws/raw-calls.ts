/** Calls of an endpoint as AWS's clients make them, for services whose client is not a dependency. */
import type { AwsEndpoint } from "../../../packages/local/src/aws/index.ts";
import { location } from "./support.ts";

/** What an endpoint answered. */
export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/** A call in the AWS JSON protocol; `target` is the service's prefix, a dot and the operation. */
export function callJson(
  endpoint: Pick<AwsEndpoint, "fetch">,
  service: string,
  target: string,
  input: object,
  caller = "operator",
): Promise<RawAnswer> {
  const headers = { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" };
  return call(endpoint, service, headers, JSON.stringify(input), caller);
}

/** A call in the query protocol. */
export function callQuery(
  endpoint: Pick<AwsEndpoint, "fetch">,
  service: string,
  parameters: Readonly<Record<string, string>>,
  caller = "operator",
): Promise<RawAnswer> {
  const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  return call(endpoint, service, headers, new URLSearchParams(parameters).toString(), caller);
}

async function call(
  endpoint: Pick<AwsEndpoint, "fetch">,
  service: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  caller: string,
): Promise<RawAnswer> {
  const scope = `${caller}/20260101/${location.region}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const request = new Request("http://127.0.0.1/", {
    method: "POST",
    headers: { ...headers, authorization },
    body,
  });
  const response = await endpoint.fetch(request);
  return { status: response.status, body: await response.text() };
}
