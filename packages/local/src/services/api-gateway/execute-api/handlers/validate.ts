/** Step 6: required parameters and the body's model (APIGW/api-gateway-method-request-validation). */
import { utf8Text } from "../../../../aws-protocol/utf8.ts";
import { GatewayError } from "../gateway-error.ts";
import type { IncomingRequest } from "../incoming-request.ts";
import type { RequiredParameter, RequestRules } from "../../store/definition.ts";
import type { RouteMatch } from "../../store/routes.ts";
import type { ServedStage } from "../../store/stages.ts";

/**
 * Validates a request with the method's validator: parameters first, then the body (recorded:
 * LocalStack test_api_gateway_request_validator).
 * @throws GatewayError missingParameters, invalidBody
 */
export function validateRequest(
  stage: ServedStage,
  match: RouteMatch,
  request: IncomingRequest,
  body: Uint8Array,
): void {
  const { rules } = match.route.method;
  if (rules.validatorId === undefined) return;
  const validator = stage.api.validators.get(rules.validatorId);
  if (!validator) throw new GatewayError("apiConfiguration");
  if (validator.parameters) validateParameters(rules, match, request);
  if (validator.body) validateBody(rules, stage, request, body);
}

function validateParameters(
  rules: RequestRules,
  match: RouteMatch,
  request: IncomingRequest,
): void {
  const missing = rules.requiredParameters
    .filter((parameter) => isBlank(valueOf(parameter, match, request)))
    .map(({ name }) => name);
  if (missing.length === 0) return;
  const message = `Missing required request parameters: [${missing.join(", ")}]`;
  throw new GatewayError("missingParameters", { message });
}

/** Documented: parameters are present and not blank; neither type nor format is validated. */
function isBlank(value: string | null | undefined): boolean {
  return (value ?? "").trim() === "";
}

function valueOf(
  { location, name }: RequiredParameter,
  match: RouteMatch,
  request: IncomingRequest,
) {
  if (location === "path") return match.pathParameters?.[name];
  return location === "querystring" ? request.query.get(name) : request.header(name);
}

function validateBody(
  rules: RequestRules,
  stage: ServedStage,
  request: IncomingRequest,
  body: Uint8Array,
): void {
  const model = modelFor(rules, request.header("content-type"));
  if (model === undefined) return;
  const validate = stage.bodyValidators.get(model);
  if (!validate) throw new GatewayError("apiConfiguration");
  const problem = validate(readJson(body));
  if (problem !== undefined) {
    const { paths: validation, words: reason } = problem;
    throw new GatewayError("invalidBody", { validation, reason, facts: { model } });
  }
}

/**
 * Documented: without a model for the content type or `$default`, nothing is validated.
 * A request without a content type is taken for JSON (recorded by the same test); that parameters
 * of the type do not count is assumed.
 */
function modelFor({ models }: RequestRules, contentType = "application/json"): string | undefined {
  const [essence = ""] = contentType.split(";", 1);
  return models.get(essence.trim().toLowerCase()) ?? models.get("$default");
}

/**
 * Assumed: an empty body is an empty object, which agrees with what the same test recorded; JSON is
 * UTF-8 without a byte order mark (RFC 8259, 8.1), and of a name that is there twice the last counts.
 */
function readJson(body: Uint8Array): unknown {
  if (body.byteLength === 0) return {};
  try {
    return JSON.parse(utf8Text(body) ?? "");
  } catch (cause) {
    const reason = "the body is not JSON";
    throw new GatewayError("invalidBody", { validation: "[it is no JSON]", reason, cause });
  }
}
