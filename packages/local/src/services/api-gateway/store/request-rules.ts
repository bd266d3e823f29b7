/** Reads what a method requires of requests: an API key, parameters, bodies that match a model. */
import type { RequestRules, RequiredParameter, RestApiDefinition } from "./definition.ts";
import { assertModelsExist } from "./models.ts";
import { notFound, UnsupportedConfigurationError } from "./configuration-errors.ts";

/** What a method requires of requests, as Pulumi's `aws.apigateway.Method` gives it. */
export interface RequestRulesInput {
  apiKeyRequired?: boolean | undefined;
  requestValidatorId?: string | undefined;
  /** Content type, or `$default`, to the name of a model. */
  requestModels?: Readonly<Record<string, string>> | undefined;
  /** `method.request.LOCATION.NAME` to whether it is required. */
  requestParameters?: Readonly<Record<string, boolean>> | undefined;
}

/**
 * Reads the rules of a method.
 * @throws ConfigurationError for a validator or a model that does not exist;
 * UnsupportedConfigurationError for a required parameter in another location.
 */
export function readRequestRules(api: RestApiDefinition, input: RequestRulesInput): RequestRules {
  const { apiKeyRequired = false, requestValidatorId: validatorId } = input;
  if (validatorId !== undefined && !api.validators.has(validatorId)) {
    throw notFound("request validator", validatorId);
  }
  const models = new Map(
    Object.entries(input.requestModels ?? {}).map(([type, name]) => [type.toLowerCase(), name]),
  );
  assertModelsExist(api, models);
  const parameters = input.requestParameters ?? {};
  // Sorted as the recorded message names them: LocalStack test_api_gateway_request_validator.
  const requiredParameters = Object.keys(parameters)
    .filter((parameter) => parameters[parameter])
    .toSorted()
    .map(readParameter);
  return { apiKeyRequired, validatorId, models, requiredParameters };
}

const locations = ["path", "querystring", "header"] as const;

function readParameter(parameter: string): RequiredParameter {
  const [, given, name] =
    /^method\.request\.(path|querystring|header)\.([\w.$-]+)$/.exec(parameter) ?? [];
  const location = locations.find((it) => it === given);
  if (location === undefined || name === undefined) {
    throw new UnsupportedConfigurationError(`the request parameter "${parameter}"`);
  }
  return { location, name };
}
