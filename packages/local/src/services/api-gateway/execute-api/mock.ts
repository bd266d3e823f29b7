/** Responses of mock integrations, as SST's CORS routes use them. */
import { GatewayError } from "./gateway-error.ts";
import type { IntegrationResponse, MockIntegration } from "../store/definition.ts";
import { compileExpression } from "../store/expressions.ts";

/**
 * Chooses the response whose pattern matches the mock's status, else the one without a pattern
 * (APIGW/how-to-mock-integration).
 * @throws GatewayError apiConfiguration when there is none.
 */
export function respondWithMock(
  { status }: MockIntegration,
  responses: ReadonlyMap<string, IntegrationResponse>,
): Response {
  const candidates = [...responses.values()];
  const chosen =
    candidates.find(
      ({ selectionPattern: pattern }) =>
        pattern && compileExpression(pattern).matches(String(status)),
    ) ?? candidates.find(({ selectionPattern: pattern }) => !pattern);
  if (!chosen) throw new GatewayError("apiConfiguration");
  const headers = new Headers([...chosen.headers]);
  if (!headers.has("content-type")) headers.set("content-type", "application/json");
  const { statusCode, body } = chosen;
  return new Response(body === "" ? null : body, { status: statusCode, headers });
}
