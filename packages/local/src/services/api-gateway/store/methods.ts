/** Stores the methods of an API: authorization, request rules and declared responses. */
import {
  ConfigurationError,
  notFound,
  UnsupportedConfigurationError,
} from "./configuration-errors.ts";
import {
  type Authorization,
  type FindApi,
  findMethod,
  methodKey,
  type MethodName,
  type RestApiDefinition,
} from "./definition.ts";
import { readRequestRules, type RequestRulesInput } from "./request-rules.ts";

/** A method; see `RequestRulesInput` for what it requires of requests. */
export interface MethodInput extends MethodName, RequestRulesInput {
  restApiId: string;
  /** `NONE` or `COGNITO_USER_POOLS`. */
  authorization: string;
  authorizerId?: string | undefined;
  authorizationScopes?: readonly string[] | undefined;
}

/** A response that a method declares. */
interface MethodResponseInput extends MethodName {
  restApiId: string;
  statusCode: string;
  /** Keys are `method.response.header.NAME`; whether the header is required has no effect. */
  responseParameters?: Readonly<Record<string, boolean>> | undefined;
}

/** The methods that `ANY` stands for (APIGW/api-gateway-method-settings-method-request). */
export const httpMethods: ReadonlySet<string> = new Set([
  "DELETE",
  "GET",
  "HEAD",
  "OPTIONS",
  "PATCH",
  "POST",
  "PUT",
]);

/** Operations on methods and method responses. */
export function methodOperations(findApi: FindApi) {
  /**
   * Creates a method, or updates its settings and keeps its integration and responses.
   * @throws UnsupportedConfigurationError for authorizations that are not enforced here;
   * ConfigurationError for what API Gateway rejects.
   */
  function putMethod(input: MethodInput): void {
    const api = findApi(input.restApiId);
    const { resourceId, httpMethod } = input;
    if (!api.resources.has(resourceId)) throw notFound("resource", resourceId);
    if (httpMethod !== "ANY" && !httpMethods.has(httpMethod)) {
      throw new ConfigurationError("BadRequestException", `"${httpMethod}" is no HTTP method.`);
    }
    const key = methodKey(input);
    api.methods.set(key, {
      integration: undefined,
      responses: new Map(),
      integrationResponses: new Map(),
      ...api.methods.get(key),
      resourceId,
      httpMethod,
      authorization: readAuthorization(api, input),
      rules: readRequestRules(api, input),
    });
  }

  /** Declares a response of a method. */
  function putMethodResponse(input: MethodResponseInput): void {
    const prefix = "method.response.header.";
    const headers = Object.keys(input.responseParameters ?? {}).map((parameter) => {
      if (parameter.startsWith(prefix)) return parameter.slice(prefix.length).toLowerCase();
      throw new UnsupportedConfigurationError(`the response parameter "${parameter}"`);
    });
    const method = findMethod(findApi(input.restApiId), input);
    method.responses.set(input.statusCode, new Set(headers));
  }

  return {
    putMethod,

    /** Removes a method with its integration and responses. */
    deleteMethod(restApiId: string, name: MethodName): void {
      findApi(restApiId).methods.delete(methodKey(name));
    },

    putMethodResponse,

    /** Removes a declared response. */
    deleteMethodResponse(restApiId: string, name: MethodName, statusCode: string): void {
      findApi(restApiId).methods.get(methodKey(name))?.responses.delete(statusCode);
    },
  };
}

function readAuthorization(api: RestApiDefinition, input: MethodInput): Authorization {
  const { authorization, authorizerId, authorizationScopes = [] } = input;
  if (authorization === "NONE") return { type: "NONE" };
  if (authorization !== "COGNITO_USER_POOLS") {
    throw new UnsupportedConfigurationError(`the authorization ${authorization}`);
  }
  if (authorizerId === undefined || !api.authorizers.has(authorizerId)) {
    throw notFound("authorizer", authorizerId ?? "");
  }
  return { type: "COGNITO_USER_POOLS", authorizerId, scopes: [...authorizationScopes] };
}
