/** Error responses, in each of the endpoint's protocols. */
import { cborType, encodeCbor } from "./cbor.ts";
import type { AwsError, Protocol } from "./errors.ts";
import { escapeXml } from "./xml.ts";

/** Renders an error in a protocol. */
export async function renderError(
  protocol: Protocol,
  error: AwsError,
  requestId: string,
): Promise<Response> {
  return renderers[protocol](error, `<RequestId>${requestId}</RequestId>`);
}

type Renderer = (error: AwsError, requestId: string) => Response | Promise<Response>;

const renderers: Record<Protocol, Renderer> = {
  // The services with this protocol or the last one had the query protocol before.
  "json-1.0": (error) => json(error, "application/x-amz-json-1.0", queryCodeOf(error)),
  "json-1.1": (error) => json(error, "application/x-amz-json-1.1"),
  "rest-json": (error) => json(error, "application/json"),
  "rest-xml": (error, requestId) =>
    xml(`<Error>${codeXml(error.code, error)}${requestId}</Error>`, error),
  query(error, requestId) {
    const type = `<Type>${error.status < 500 ? "Sender" : "Receiver"}</Type>`;
    const detail = `<Error>${type}${codeXml(error.queryCode, error)}</Error>`;
    return xml(`<ErrorResponse>${detail}${requestId}</ErrorResponse>`, error);
  },
  async "rpc-v2-cbor"(error) {
    const body = await encodeCbor({ __type: error.code, message: error.message });
    const headers = { "content-type": cborType, "smithy-protocol": "rpc-v2-cbor" };
    return new Response(body, {
      status: error.status,
      headers: { ...headers, ...queryCodeOf(error) },
    });
  },
};

/** The code of the query protocol (AWS's trait awsQueryCompatible). */
function queryCodeOf({ queryCode, status }: AwsError): Record<string, string> {
  return { "x-amzn-query-error": `${queryCode};${status < 500 ? "Sender" : "Receiver"}` };
}

function codeXml(code: string, { message }: AwsError): string {
  return `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
}

function json(error: AwsError, contentType: string, more: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ __type: error.code, message: error.message }), {
    status: error.status,
    headers: { "content-type": contentType, "x-amzn-errortype": error.code, ...more },
  });
}

function xml(document: string, { status }: AwsError): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${document}`, {
    status,
    headers: { "content-type": "text/xml" },
  });
}
