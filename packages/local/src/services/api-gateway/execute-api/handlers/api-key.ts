/** Step 4: the API key of a method that requires one. Assumed to come after the authorizer. */
import type { ContextVariables } from "../context-variables.ts";
import { GatewayError } from "../gateway-error.ts";
import type { IncomingRequest } from "../incoming-request.ts";
import type { RestApis } from "../../store/rest-apis.ts";
import type { Method } from "../../store/definition.ts";
import type { ServedStage } from "../../store/stages.ts";
import type { ApiClient } from "../../store/usage.ts";

/**
 * Finds the client that the key in `x-api-key` identifies; undefined for a method that requires
 * none, where a key has no effect (documented: APIGW/api-gateway-api-key-source).
 * @throws GatewayError invalidApiKey when there is no key, or none of a plan of this stage.
 */
export function identifyClient(
  apis: RestApis,
  stage: ServedStage,
  method: Method,
  request: IncomingRequest,
  variables: ContextVariables,
): ApiClient | undefined {
  if (!method.rules.apiKeyRequired) return undefined;
  const value = request.header("x-api-key") ?? "";
  const client = apis.findClient(stage.restApiId, stage.stageName, value);
  if (!client) throw new GatewayError("invalidApiKey");
  variables.set("identity.apiKey", client.key.value).set("identity.apiKeyId", client.key.id);
  return client;
}
