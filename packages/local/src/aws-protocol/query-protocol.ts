/** The AWS Query protocol: requests are forms, responses are XML. */
import { randomUUID } from "node:crypto";
import { AwsError } from "./errors.ts";
import { mediaType } from "./media-type.ts";
import type { AwsRequest } from "./service.ts";
import { utf8Text } from "./utf8.ts";

/** Parameters by name. */
export type Form = ReadonlyMap<string, string>;

/** Tells whether a request is one of this protocol. */
export function isForm(headers: Headers): boolean {
  return mediaType(headers) === "application/x-www-form-urlencoded";
}

/**
 * The parameters of a request, `Action` and `Version` among them.
 * @throws AwsError for ambiguous requests: duplicate parameters, parameters in the URL, an operation
 * in a header, another content type, text that cannot be decoded (AWS's behaviour is not known).
 */
export function formOf({ headers, url, body }: AwsRequest): Form {
  if (!isForm(headers)) throw ambiguous("The request is not a form.");
  if (headers.has("x-amz-target")) throw ambiguous("A form has no X-Amz-Target.");
  const inUrl = url.searchParams.keys().find((name) => !name.startsWith("X-Amz-"));
  if (inUrl !== undefined) throw ambiguous(`The parameter ${inUrl} is in the URL.`);
  const form = new Map<string, string>();
  for (const [name, value] of pairsIn(body)) {
    if (form.has(name)) throw ambiguous(`The parameter ${name} is there twice.`);
    form.set(name, value);
  }
  return form;
}

/** Unlike `URLSearchParams`, it does not replace what cannot be decoded. */
function pairsIn(body: Buffer): [name: string, value: string][] {
  const text = utf8Text(body);
  if (text === undefined) throw notEncoded();
  return text
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [decode(name), decode(value.join("="))];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw notEncoded();
  }
}

function notEncoded(): AwsError {
  return ambiguous("The form is not URL-encoded UTF-8.");
}

/** The operation that a form names; empty for none. @throws AwsError as `formOf`. */
export function operationOfForm(request: AwsRequest): string {
  return formOf(request).get("Action") ?? "";
}

/** The error for a request that could be read in two ways; its code is assumed. */
export function ambiguous(message: string): AwsError {
  return new AwsError("MalformedQueryString", message);
}

/** The response of an operation; `result` is XML, undefined for an operation without an output. */
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
