/** Stores the models of an API, and compiles them to validators of request bodies. */
import { Ajv } from "ajv";
import { messageOf } from "../../../errors/error-message.ts";
import { type FindApi, type Model, newId, type RestApiDefinition } from "./definition.ts";
import { readSchema } from "./json-schema.ts";
import { describeInvalidBody, type InvalidBody } from "./model-errors.ts";
import {
  ConfigurationError,
  notFound,
  UnsupportedConfigurationError,
} from "./configuration-errors.ts";
import { compileExpression } from "./expressions.ts";

/** A model, as Pulumi's `aws.apigateway.Model` gives it. */
interface ModelInput {
  id?: string | undefined;
  restApiId: string;
  name: string;
  /** JSON Schema draft 4 as JSON text; a model without one accepts everything. */
  schema?: string | undefined;
}

/** Validates a body: undefined if valid. */
export type ValidateBody = (body: unknown) => InvalidBody | undefined;

/** Operations on models. */
export function modelOperations(findApi: FindApi) {
  /**
   * Creates a model, or replaces the one with this id.
   * @throws UnsupportedConfigurationError for a schema that cannot be validated as API Gateway
   * does, and for a pattern that RE2 does not have; ConfigurationError for a name that is taken or not alphanumeric, an unresolved
   * reference and a pattern that is not a regular expression.
   */
  function putModel(input: ModelInput): { id: string } {
    const api = findApi(input.restApiId);
    const { id = newId(), name } = input;
    if (!/^[A-Za-z0-9]+$/.test(name)) {
      throw new ConfigurationError(
        "BadRequestException",
        `The model name "${name}" is not alphanumeric.`,
      );
    }
    if (api.models.values().some((model) => model.name === name && model.id !== id)) {
      throw new ConfigurationError("ConflictException", `There is a model "${name}" already.`);
    }
    const model = { id, name, schema: readSchema(input.schema ?? "{}") };
    compileModels({ id: api.id, models: new Map(api.models).set(id, model) });
    api.models.set(id, model);
    return { id };
  }

  /** Removes a model. @throws ConfigurationError while a method uses it. */
  function deleteModel(restApiId: string, id: string): void {
    const api = findApi(restApiId);
    const name = api.models.get(id)?.name;
    const isUsed = api.methods
      .values()
      .some(({ rules }) => rules.models.values().some((used) => used === name));
    if (isUsed) {
      throw new ConfigurationError("ConflictException", `The model "${name}" is in use.`);
    }
    api.models.delete(id);
  }

  return { putModel, deleteModel };
}

/** Checks that models exist. @throws ConfigurationError naming the first that does not. */
export function assertModelsExist(
  { models }: RestApiDefinition,
  names: ReadonlyMap<string, string>,
): void {
  const known = new Set(models.values().map(({ name }) => name));
  const missing = names.values().find((name) => !known.has(name));
  if (missing !== undefined) throw notFound("model", missing);
}

/** Callers choose the text: Node's own engine backtracks. The name is for code that is not used here. */
const regExp = Object.assign(compileExpression, { code: "compileExpression" });

/**
 * Compiles the models of an API, by name; they may refer to one another by the URL that AWS gives
 * models (recorded: LocalStack test_api_gateway_request_validator_with_ref_models).
 * @throws ConfigurationError for an unresolved reference or an invalid pattern.
 */
export function compileModels({
  id,
  models,
}: Pick<RestApiDefinition, "id" | "models">): Map<string, ValidateBody> {
  const urlOf = (name: string) => `https://apigateway.amazonaws.com/restapis/${id}/models/${name}`;
  // By default Ajv counts lengths in code points. `readSchema` has checked the schemas, whose draft
  // Ajv does not know by name.
  const ajv = new Ajv({
    strict: false,
    validateSchema: false,
    ownProperties: true,
    // Errors have their schema, which names the fields that are known.
    verbose: true,
    code: { regExp },
  });
  for (const { name, schema } of models.values()) ajv.addSchema(schema, urlOf(name));
  return new Map(
    models.values().map((model) => [model.name, compile(ajv, model, urlOf(model.name))]),
  );
}

function compile(ajv: Ajv, { name }: Model, url: string): ValidateBody {
  try {
    const validate = ajv.getSchema(url);
    if (!validate) throw new Error(`it is not at ${url}`);
    return (body) => (validate(body) ? undefined : describeInvalidBody(validate.errors ?? []));
  } catch (cause) {
    if (cause instanceof UnsupportedConfigurationError) throw cause;
    throw new ConfigurationError(
      "BadRequestException",
      `The model "${name}" is invalid: ${messageOf(cause)}`,
    );
  }
}
