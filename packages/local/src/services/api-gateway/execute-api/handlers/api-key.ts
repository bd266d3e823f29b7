/** Step 4: the API key of a method that requires one. Assumed to come after the authorizer. */
import type { ContextVariables } from "../context-variables.ts";
import { GatewayError } from "../gateway-error.ts";
import type { IncomingRequest } from "../incoming-request.ts";
import { redact } from "../redact.ts";
import type { RestApis } from "../../store/rest-apis.ts";
import type { Route } from "../../store/routes.ts";
import type { ServedStage } from "../../store/stages.ts";
import type { ApiClient } from "../../store/usage.ts";

/**
 * Finds the client that the key in `x-api-key` identifies; undefined for a method that requires
 * none, where a key has no effect (documented: APIGW/api-gateway-api-key-source). What the execution log
 * says of a key without a plan is recorded; of no key it is assumed.
 * @throws GatewayError invalidApiKey when there is no key, or none of a plan of this stage.
 */
export function identifyClient(
  apis: RestApis,
  stage: ServedStage,
  { method, resourcePath }: Route,
  request: IncomingRequest,
  variables: ContextVariables,
): ApiClient | undefined {
  if (!method.rules.apiKeyRequired) return undefined;
  const value = request.header("x-api-key") ?? "";
  const client = apis.findClient(stage.restApiId, stage.stageName, value);
  if (!client) {
    const reason = `API Key ${redact(value)} not authorized because method '${method.httpMethod} ${resourcePath}' requires API Key and API Key is not associated with a Usage Plan for API Stage ${stage.restApiId}/${stage.stageName}: No Usage Plan found for key and API Stage`;
    throw new GatewayError("invalidApiKey", { reason });
  }
  variables.set("identity.apiKey", client.key.value).set("identity.apiKeyId", client.key.id);
  return client;
}
