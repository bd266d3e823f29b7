/** Responds to what the listener cannot read as a request, in the form of the API's own errors. */
import type { Refusal } from "../../../http/refusals.ts";
import type { ContextVariables } from "./context-variables.ts";
import { type ErrorKind, GatewayError } from "./gateway-error.ts";
import { renderError } from "./gateway-response.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import type { RestApis } from "../store/rest-apis.ts";

const kinds: Readonly<Record<Refusal, ErrorKind>> = {
  malformed: "malformedRequest",
  headersTooLarge: "headersTooLarge",
  tooSlow: "requestTimeout",
  unknownExpectation: "unknownExpectation",
  foreignHost: "unknownStage",
};

const hints: Partial<Record<Refusal, string>> = {
  foreignHost: "this server accepts only host names of this machine",
};

/** A request of which nothing is known. */
export const unreadRequest: IncomingRequest = {
  method: "",
  path: "",
  query: new URLSearchParams(),
  rawQuery: "",
  headers: [],
  header: () => undefined,
  sourceIp: "",
};

/** Renders a refusal as the only stage customizes its kind of error: no host or path names another. */
export function refuseRequest(
  reason: Refusal,
  apis: RestApis,
  variables: ContextVariables,
): Response {
  const [only, ...others] = apis.servedStages();
  const customized = others.length === 0 ? only?.api.gatewayResponses : undefined;
  const hint = hints[reason];
  const error = new GatewayError(kinds[reason], hint === undefined ? {} : { hint });
  return renderError(error, variables, customized ?? new Map());
}
