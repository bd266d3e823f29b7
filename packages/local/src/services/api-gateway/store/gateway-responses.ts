/** Stores the gateway responses of an API: how it customizes error responses. */
import * as z from "zod";
import type { FindApi } from "./definition.ts";
import { literalHeaders } from "./literals.ts";
import { ConfigurationError, UnsupportedConfigurationError } from "./configuration-errors.ts";

/** A gateway response, as Pulumi's `aws.apigateway.Response` gives it. */
interface GatewayResponseInput {
  restApiId: string;
  responseType: string;
  statusCode?: string | undefined;
  /** Keys are `gatewayresponse.header.NAME`, values literals in single quotes. */
  responseParameters?: Readonly<Record<string, string>> | undefined;
  /** By content type; `$context.NAME` is replaced, nothing else. */
  responseTemplates?: Readonly<Record<string, string>> | undefined;
}

/** Documented: APIGW/supported-gateway-response-types. REQUEST_TOO_LARGE cannot be customized. */
const responseTypes = z.enum([
  "ACCESS_DENIED",
  "API_CONFIGURATION_ERROR",
  "AUTHORIZER_CONFIGURATION_ERROR",
  "AUTHORIZER_FAILURE",
  "BAD_REQUEST_BODY",
  "BAD_REQUEST_PARAMETERS",
  "DEFAULT_4XX",
  "DEFAULT_5XX",
  "EXPIRED_TOKEN",
  "INTEGRATION_FAILURE",
  "INTEGRATION_TIMEOUT",
  "INVALID_API_KEY",
  "INVALID_SIGNATURE",
  "MISSING_AUTHENTICATION_TOKEN",
  "QUOTA_EXCEEDED",
  "REQUEST_TOO_LARGE",
  "RESOURCE_NOT_FOUND",
  "THROTTLED",
  "UNAUTHORIZED",
  "UNSUPPORTED_MEDIA_TYPE",
  "WAF_FILTERED",
]);

/** A type of gateway response: a kind of error that API Gateway responds to itself. */
export type ResponseType = z.infer<typeof responseTypes>;

/** Operations on gateway responses. */
export function gatewayResponseOperations(findApi: FindApi) {
  /**
   * Sets the gateway response of a type.
   * @throws ConfigurationError for an unknown type or status; UnsupportedConfigurationError for
   * headers that are not literals and templates that use more than `$context`.
   */
  function putGatewayResponse(input: GatewayResponseInput): void {
    const type = responseTypes.safeParse(input.responseType);
    if (!type.success || !/^([45]\d\d)?$/.test(input.statusCode ?? "")) {
      throw new ConfigurationError(
        "BadRequestException",
        `The gateway response ${input.responseType} ${input.statusCode ?? ""} does not exist.`,
      );
    }
    const templates = new Map(Object.entries(input.responseTemplates ?? {}));
    const unsupported = templates.values().find((template) => /\$(?!context\.)/.test(template));
    if (unsupported !== undefined) {
      throw new UnsupportedConfigurationError(`the gateway response template ${unsupported}`);
    }
    findApi(input.restApiId).gatewayResponses.set(type.data, {
      responseType: type.data,
      statusCode: input.statusCode ? Number(input.statusCode) : undefined,
      headers: literalHeaders(input.responseParameters ?? {}, "gatewayresponse.header."),
      templates,
    });
  }

  return {
    putGatewayResponse,

    /** Restores API Gateway's default response of a type. */
    deleteGatewayResponse(restApiId: string, responseType: string): void {
      findApi(restApiId).gatewayResponses.delete(responseType);
    },
  };
}
