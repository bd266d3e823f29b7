/** Stores the authorizers of an API. */
import { type FindApi, newId } from "./definition.ts";
import { compileExpression } from "./expressions.ts";
import { ConfigurationError, UnsupportedConfigurationError } from "./configuration-errors.ts";

/** An authorizer; it has no time to live, since results are not cached here. */
interface AuthorizerInput {
  id?: string | undefined;
  restApiId: string;
  name: string;
  /** `COGNITO_USER_POOLS`. */
  type: string;
  /** The ARNs of the user pools whose tokens are accepted. */
  providerArns: readonly string[];
  /** `method.request.header.NAME`; default: the Authorization header. */
  identitySource?: string | undefined;
  /** A regular expression for the token's `aud` (APIGW/apigateway-enable-cognito-user-pool). */
  identityValidationExpression?: string | undefined;
}

/** Operations on authorizers. */
export function authorizerOperations(findApi: FindApi) {
  /**
   * Creates an authorizer, or replaces the one with this id.
   * @throws UnsupportedConfigurationError for another type or identity source;
   * ConfigurationError when it names no pool or its expression is not a regular expression.
   */
  function putAuthorizer(input: AuthorizerInput): { id: string } {
    const { name, type, providerArns, identityValidationExpression: audience } = input;
    if (type !== "COGNITO_USER_POOLS") {
      throw new UnsupportedConfigurationError(`the authorizer type ${type}`);
    }
    if (providerArns.length === 0) {
      throw new ConfigurationError(
        "BadRequestException",
        `The authorizer "${name}" has no user pool.`,
      );
    }
    const header = readHeader(input.identitySource ?? "method.request.header.Authorization");
    if (audience !== undefined) compileExpression(audience);
    const id = input.id ?? newId();
    const authorizer = { id, name, providerArns: [...providerArns], header, audience };
    findApi(input.restApiId).authorizers.set(id, authorizer);
    return { id };
  }

  /** Removes an authorizer. @throws ConfigurationError while a method uses it. */
  function deleteAuthorizer(restApiId: string, id: string): void {
    const api = findApi(restApiId);
    const isUsed = api.methods
      .values()
      .some(({ authorization: it }) => it.type !== "NONE" && it.authorizerId === id);
    if (isUsed) {
      throw new ConfigurationError(
        "ConflictException",
        `The authorizer "${id}" is used by a method.`,
      );
    }
    api.authorizers.delete(id);
  }

  return { putAuthorizer, deleteAuthorizer };
}

function readHeader(identitySource: string): string {
  const [, header] = /^method\.request\.header\.([\w-]+)$/.exec(identitySource) ?? [];
  if (header !== undefined) return header;
  throw new UnsupportedConfigurationError(`the identity source "${identitySource}"`);
}
