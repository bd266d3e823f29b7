/** Calls of an endpoint as AWS's clients make them, for services whose client is not a dependency. */
import type { AwsEndpoint } from "../../src/aws-protocol/endpoint.ts";
import { environment } from "./test-cloud.ts";

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
  return callRaw(endpoint, service, { headers, body: JSON.stringify(input), caller });
}

/** A call in the query protocol. */
export function callQuery(
  endpoint: Pick<AwsEndpoint, "fetch">,
  service: string,
  parameters: Readonly<Record<string, string>>,
  caller = "operator",
): Promise<RawAnswer> {
  const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  const body = new URLSearchParams(parameters).toString();
  return callRaw(endpoint, service, { headers, body, caller });
}

/** A call as it is given: what no client would make. */
export async function callRaw(
  endpoint: Pick<AwsEndpoint, "fetch">,
  service: string,
  request: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array<ArrayBuffer>;
    readonly caller?: string;
    readonly method?: string;
    readonly path?: string;
  },
): Promise<RawAnswer> {
  const { headers, body, caller = "operator", method = "POST", path = "/" } = request;
  const scope = `${caller}/20260101/${environment.region}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const response = await endpoint.fetch(
    new Request(`http://127.0.0.1${path}`, {
      method,
      headers: { ...headers, authorization },
      ...(body === undefined ? {} : { body }),
    }),
  );
  return { status: response.status, body: await response.text() };
}
