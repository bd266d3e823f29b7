/** Stores the request validators of an API. */
import { type FindApi, newId } from "./definition.ts";
import { ConfigurationError } from "./configuration-errors.ts";

/** Which parts of a request are validated; default: none. */
interface RequestValidatorInput {
  id?: string | undefined;
  restApiId: string;
  validateRequestBody?: boolean | undefined;
  validateRequestParameters?: boolean | undefined;
}

/** Operations on request validators. */
export function validatorOperations(findApi: FindApi) {
  /** Creates a request validator, or replaces the one with this id. */
  function putRequestValidator(input: RequestValidatorInput): { id: string } {
    const id = input.id ?? newId();
    const { validateRequestBody: body = false, validateRequestParameters: parameters = false } =
      input;
    findApi(input.restApiId).validators.set(id, { id, body, parameters });
    return { id };
  }

  /** Removes a request validator. @throws ConfigurationError while a method uses it. */
  function deleteRequestValidator(restApiId: string, id: string): void {
    const api = findApi(restApiId);
    if (api.methods.values().some(({ rules }) => rules.validatorId === id)) {
      throw new ConfigurationError(
        "ConflictException",
        `The request validator "${id}" is used by a method.`,
      );
    }
    api.validators.delete(id);
  }

  return { putRequestValidator, deleteRequestValidator };
}
