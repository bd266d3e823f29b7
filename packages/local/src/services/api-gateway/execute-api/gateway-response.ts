/** Renders error responses, as the API customizes them or as API Gateway does by default. */
import { type ContextVariables, quotedMessage, replaceVariables } from "./context-variables.ts";
import { type ErrorRow, errorTable } from "./error-table.ts";
import type { GatewayError } from "./gateway-error.ts";
import type { GatewayResponse } from "../store/definition.ts";

/** An API's own gateway responses by type. */
export type GatewayResponses = ReadonlyMap<string, GatewayResponse>;

/**
 * Renders an error: its own response, else the API's gateway response of that type, else its
 * DEFAULT_4XX or DEFAULT_5XX by the default status, else the table's row
 * (APIGW/supported-gateway-response-types).
 */
export function renderError(
  error: GatewayError,
  variables: ContextVariables,
  customized: GatewayResponses,
): Response {
  const row = errorTable[error.kind];
  variables
    .set("error.message", error.clientMessage ?? row.message)
    .set("error.responseType", row.responseType)
    .set("error.validationErrorString", error.validation ?? null);
  if (error.response) return error.response;
  const custom = customization(row, customized);
  const [contentType, template] = chooseTemplate(custom, row);
  const headers = new Headers([["content-type", contentType]]);
  // Assumed, after an example of claudiajs/claudia-api-builder: a Content-Type header goes before
  // the template's.
  for (const [name, value] of custom?.headers ?? []) headers.set(name, value);
  headers.set("x-amzn-ErrorType", row.errorType);
  if (error.hint !== undefined) headers.set("x-local-cloud-hint", error.hint);
  const body = replaceVariables(template, (name) =>
    name === "error.messageString" ? quotedMessage(variables) : (variables.get(name) ?? ""),
  );
  return new Response(body, { status: statusOf(row, custom), headers });
}

function statusOf(row: ErrorRow, custom: GatewayResponse | undefined): number {
  const isOfType = custom?.responseType === row.responseType;
  return custom?.statusCode ?? (isOfType ? row.customizedStatus : undefined) ?? row.status;
}

/** The gateway response of the API for a kind of error, if it has one. */
export function customization({ responseType, status }: ErrorRow, customized: GatewayResponses) {
  if (responseType === "REQUEST_TOO_LARGE") return undefined;
  const fallback = status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX";
  return customized.get(responseType) ?? customized.get(fallback);
}

function chooseTemplate(custom: GatewayResponse | undefined, row: ErrorRow): [string, string] {
  const json = "application/json";
  const [first] = custom?.templates ?? [];
  const template = custom?.templates.get(json);
  return template === undefined ? (first ?? [json, row.template]) : [json, template];
}
