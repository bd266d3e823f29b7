/** Edits the models of an API, and makes from them the checks of request bodies. */
import { Ajv, type ErrorObject } from "ajv";
import { messageOf } from "../../../error-message.ts";
import { type FindApi, type Model, newId, type RestApiDefinition } from "./definition.ts";
import { readSchema } from "./json-schema.ts";
import { ConfigurationError, notFound } from "./error-responses.ts";

/** A model, as Pulumi's `aws.apigateway.Model` gives it. */
interface ModelInput {
  id?: string | undefined;
  restApiId: string;
  name: string;
  /** JSON Schema draft 4 as JSON text; a model without one takes everything. */
  schema?: string | undefined;
}

/** Tells what is wrong with a body in terms of its schema alone; undefined when it fits. */
export type BodyCheck = (body: unknown) => string | undefined;

/** The edits of models. */
export function modelEdits(findApi: FindApi) {
  return {
    /**
     * Creates a model, or replaces the one with this id.
     * @throws UnsupportedConfigurationError for a schema that cannot be checked as API Gateway
     * does; ConfigurationError for a name that is taken or not alphanumeric, an unresolved
     * reference and a pattern that is no regular expression.
     */
    putModel(input: ModelInput): { id: string } {
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
    },

    /** Removes a model. @throws ConfigurationError while a method uses it. */
    deleteModel(restApiId: string, id: string): void {
      const api = findApi(restApiId);
      const name = api.models.get(id)?.name;
      const isUsed = api.methods
        .values()
        .some(({ rules }) => rules.models.values().some((used) => used === name));
      if (isUsed) {
        throw new ConfigurationError("ConflictException", `The model "${name}" is in use.`);
      }
      api.models.delete(id);
    },
  };
}

/** Refuses models that are not there. @throws ConfigurationError naming the first of them. */
export function refuseMissingModels(
  { models }: RestApiDefinition,
  names: ReadonlyMap<string, string>,
): void {
  const known = new Set(models.values().map(({ name }) => name));
  const missing = names.values().find((name) => !known.has(name));
  if (missing !== undefined) throw notFound("model", missing);
}

/**
 * Compiles the models of an API, by name; they may refer to one another by the address that AWS
 * gives models (recorded: LS test_api_gateway_request_validator_with_ref_models).
 * @throws ConfigurationError for an unresolved reference or a pattern that is none.
 */
export function compileModels({
  id,
  models,
}: Pick<RestApiDefinition, "id" | "models">): Map<string, BodyCheck> {
  const addressOf = (name: string) =>
    `https://apigateway.amazonaws.com/restapis/${id}/models/${name}`;
  // Lengths are in code points and patterns in Unicode, as Ajv has them unasked; `readSchema` has
  // checked the schemas, whose draft Ajv does not know by name.
  const ajv = new Ajv({ strict: false, validateSchema: false, ownProperties: true });
  for (const { name, schema } of models.values()) ajv.addSchema(schema, addressOf(name));
  return new Map(
    models.values().map((model) => [model.name, compile(ajv, model, addressOf(model.name))]),
  );
}

function compile(ajv: Ajv, { name }: Model, address: string): BodyCheck {
  try {
    const validate = ajv.getSchema(address);
    if (!validate) throw new Error(`it is not at ${address}`);
    return (body) => (validate(body) ? undefined : describe(validate.errors ?? []));
  } catch (cause) {
    throw new ConfigurationError(
      "BadRequestException",
      `The model "${name}" is invalid: ${messageOf(cause)}`,
    );
  }
}

/** Where in the schema a body failed: nothing that a client sent is in it. */
function describe(errors: readonly ErrorObject[]): string {
  return `[${errors.map(({ schemaPath }) => schemaPath).join(", ")}]`;
}
