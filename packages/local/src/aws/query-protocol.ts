/** The AWS Query protocol: a form names the operation and its parameters, answers are XML. */
import { randomUUID } from "node:crypto";
import type { AwsRequest } from "./service.ts";

/** Tells whether a request is one of this protocol. */
export function isForm(headers: Headers): boolean {
  return headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") === true;
}

/** The parameters of a request, `Action` and `Version` among them. */
export function formOf({ body }: Pick<AwsRequest, "body">): URLSearchParams {
  return new URLSearchParams(body.toString("utf8"));
}

/** The operation that a form names; empty for none. */
export function operationOfForm(request: Pick<AwsRequest, "body">): string {
  return formOf(request).get("Action") ?? "";
}

/** The answer of an operation; `result` is XML, undefined for an operation without an output. */
export function queryResponse(
  operation: string,
  result: string | undefined,
  namespace: string,
): Response {
  const output = result === undefined ? "" : `<${operation}Result>${result}</${operation}Result>`;
  const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
  return new Response(
    `<${operation}Response xmlns="${namespace}">${output}${metadata}</${operation}Response>`,
    { headers: { "content-type": "text/xml" } },
  );
}
