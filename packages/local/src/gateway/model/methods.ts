/** Edits the methods of an API: who may call them, and the responses that they declare. */
import { ConfigurationError, notFound, UnsupportedConfigurationError } from "./refusals.ts";
import {
  type Authorization,
  type FindApi,
  findMethod,
  methodKey,
  type MethodName,
  type RestApiDefinition,
} from "./definition.ts";

/** A method; what has no place here yet is listed so that it can be refused by name. */
export interface MethodInput extends MethodName {
  restApiId: string;
  /** `NONE` or `COGNITO_USER_POOLS`. */
  authorization: string;
  authorizerId?: string | undefined;
  authorizationScopes?: readonly string[] | undefined;
  apiKeyRequired?: boolean | undefined;
  requestValidatorId?: string | undefined;
  requestModels?: Readonly<Record<string, string>> | undefined;
  requestParameters?: Readonly<Record<string, boolean>> | undefined;
}

/** A response that a method declares. */
export interface MethodResponseInput extends MethodName {
  restApiId: string;
  statusCode: string;
  /** Keys are `method.response.header.NAME`; whether the header is required has no effect. */
  responseParameters?: Readonly<Record<string, boolean>> | undefined;
}

/** The methods that `ANY` stands for (GW/api-gateway-method-settings-method-request). */
export const httpMethods: ReadonlySet<string> = new Set([
  "DELETE",
  "GET",
  "HEAD",
  "OPTIONS",
  "PATCH",
  "POST",
  "PUT",
]);

/** The edits of methods and method responses. */
export function methodEdits(findApi: FindApi) {
  return {
    /**
     * Creates a method, or changes its settings and keeps what hangs on it.
     * @throws UnsupportedConfigurationError for authorizations, API keys, models and validators
     * that are not enforced here; ConfigurationError for what API Gateway refuses.
     */
    putMethod(input: MethodInput): void {
      const api = findApi(input.restApiId);
      const { resourceId, httpMethod } = input;
      if (!api.resources.has(resourceId)) throw notFound("resource", resourceId);
      if (httpMethod !== "ANY" && !httpMethods.has(httpMethod)) {
        throw new ConfigurationError("BadRequestException", `"${httpMethod}" is no HTTP method.`);
      }
      refuseUnsupported(input);
      const key = methodKey(input);
      api.methods.set(key, {
        integration: undefined,
        responses: new Map(),
        integrationResponses: new Map(),
        ...api.methods.get(key),
        resourceId,
        httpMethod,
        authorization: readAuthorization(api, input),
      });
    },

    /** Removes a method with its integration and responses. */
    deleteMethod(restApiId: string, name: MethodName): void {
      findApi(restApiId).methods.delete(methodKey(name));
    },

    /** Declares a response of a method. */
    putMethodResponse(input: MethodResponseInput): void {
      const prefix = "method.response.header.";
      const headers = Object.keys(input.responseParameters ?? {}).map((parameter) => {
        if (parameter.startsWith(prefix)) return parameter.slice(prefix.length).toLowerCase();
        throw new UnsupportedConfigurationError(`the response parameter "${parameter}"`);
      });
      const method = findMethod(findApi(input.restApiId), input);
      method.responses.set(input.statusCode, new Set(headers));
    },

    /** Removes a declared response. */
    deleteMethodResponse(restApiId: string, name: MethodName, statusCode: string): void {
      findApi(restApiId).methods.get(methodKey(name))?.responses.delete(statusCode);
    },
  };
}

function refuseUnsupported(input: MethodInput): void {
  const { apiKeyRequired, requestValidatorId, requestModels, requestParameters } = input;
  if (apiKeyRequired) throw new UnsupportedConfigurationError("methods that require an API key");
  if (requestValidatorId !== undefined)
    throw new UnsupportedConfigurationError("request validators");
  if (Object.keys(requestModels ?? {}).length > 0) {
    throw new UnsupportedConfigurationError("request models");
  }
  if (Object.keys(requestParameters ?? {}).length > 0) {
    throw new UnsupportedConfigurationError("request parameters");
  }
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
