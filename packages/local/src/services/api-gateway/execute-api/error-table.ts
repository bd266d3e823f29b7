/** The table of the gateway's own error responses: statuses, bodies and types. */
import type { ResponseType } from "../store/gateway-responses.ts";

/** An error response that the API does not customize. */
export interface ErrorRow {
  /** The gateway response that customizes it. */
  readonly responseType: ResponseType;
  readonly status: number;
  /** The status once the API customizes this type without naming one, where it is another. */
  readonly customizedStatus?: number;
  readonly message: string | null;
  /** The value of `x-amzn-ErrorType`. */
  readonly errorType: string;
  readonly template: string;
}

/** The rows, each with its source (see docs/sources.md). */
export const errorTable = {
  /** Documented: APIGW/apigateway-enable-cognito-user-pool; reported: aws-samples/serverless-patterns#2254. */
  unauthorized: row(401, "UNAUTHORIZED", "UnauthorizedException", "Unauthorized"),
  /**
   * Reported: aws-amplify/amplify-js#6060, aws-amplify/amplify-js#5934. Its gateway response is
   * assumed: EXPIRED_TOKEN documents 403.
   */
  expiredToken: row(401, "UNAUTHORIZED", "UnauthorizedException", "The incoming token has expired"),
  /** Assumed: the authorizer is unavailable. The null message is AWS's default for this type. */
  authorizerConfiguration: row(
    500,
    "AUTHORIZER_CONFIGURATION_ERROR",
    "AuthorizerConfigurationException",
    null,
  ),
  /** Recorded: LocalStack test_routing_not_found. */
  missingAuthenticationToken: row(
    403,
    "MISSING_AUTHENTICATION_TOKEN",
    "MissingAuthenticationTokenException",
    "Missing Authentication Token",
  ),
  /** Reported (kouhan.cn), for an unknown path; AWS repeats the token. The type is assumed. */
  incompleteSignature: row(
    403,
    "INVALID_SIGNATURE",
    "IncompleteSignatureException",
    "'TOKEN' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer TOKEN'.",
  ),
  /** Documented: REPOST/api-gateway-troubleshoot-403-forbidden. */
  wafFiltered: row(403, "WAF_FILTERED", "ForbiddenException", "Forbidden"),
  /** An unknown stage, or a switched-off default endpoint (documented on the same page). */
  unknownStage: row(403, "ACCESS_DENIED", "ForbiddenException", "Forbidden"),
  /** Recorded: LocalStack test_api_key_required_for_methods, the type; the text is documented. */
  invalidApiKey: row(403, "INVALID_API_KEY", "ForbiddenException", "Forbidden"),
  /** Documented: REPOST/api-gateway-429-limit. */
  quotaExceeded: row(429, "QUOTA_EXCEEDED", "LimitExceededException", "Limit Exceeded"),
  /** Recorded: LocalStack test_api_gateway_request_validator; each request has its own list. */
  missingParameters: row(
    400,
    "BAD_REQUEST_PARAMETERS",
    "BadRequestException",
    "Missing required request parameters",
  ),
  /** Recorded by the same test. */
  invalidBody: row(400, "BAD_REQUEST_BODY", "BadRequestException", "Invalid request body"),
  /** Documented: REPOST/api-gateway-429-limit. */
  throttled: row(429, "THROTTLED", "TooManyRequestsException", "Too Many Requests"),
  /**
   * The limit is documented. The text is reported (REPOST-QUESTION/QUJ00_gdC-TdaRnGxZybAuWw), and that
   * Lambda's own limit gives 413 as well (jun711.github.io); the type is assumed.
   */
  requestTooLarge: row(413, "REQUEST_TOO_LARGE", "RequestTooLargeException", "Request Too Long"),
  /** Documented: APIGW/api-gateway-make-request-with-compressed-payload; the type is assumed. */
  unsupportedCoding: row(
    415,
    "UNSUPPORTED_MEDIA_TYPE",
    "UnsupportedMediaTypeException",
    "Unsupported Media Type",
  ),
  /** The local cloud's own: the bodies that are being served take all the memory for them. */
  bodiesTooLarge: row(503, "DEFAULT_5XX", "ServiceUnavailableException", "Service Unavailable"),
  /** The limit is documented, the response is assumed. */
  headersTooLarge: row(
    431,
    "DEFAULT_4XX",
    "BadRequestException",
    "Request Header Fields Too Large",
  ),
  /** Assumed: no HTTP, no Host or two, or a body that ended before its length. */
  malformedRequest: row(400, "DEFAULT_4XX", "BadRequestException", "Bad Request"),
  /** Assumed: it was not sent in time. */
  requestTimeout: row(408, "DEFAULT_4XX", "RequestTimeoutException", "Request Timeout"),
  /** Assumed: an Expect header with anything but 100-continue (RFC 9110, 10.1.1). */
  unknownExpectation: row(417, "DEFAULT_4XX", "BadRequestException", "Expectation Failed"),
  /**
   * The function threw, timed out or ended. Recorded: LocalStack
   * test_aws_proxy_response_payload_format_validation; the type is reported:
   * DataBiosphere/azul#6624, and that it stays 502 once customized: DataBiosphere/azul#7470.
   */
  functionFailed: internal("INTEGRATION_FAILURE", 502),
  /** Recorded by the same test. */
  malformedResponse: internal("DEFAULT_5XX", 502),
  /**
   * The function is throttled (documented: TOOLKIT/aws-serverless/references/troubleshooting), or
   * invoked with another method than POST (recorded: localstack/localstack#11183). Reported: once
   * customized it is 504 (REPOST-QUESTION/QUL-z6rJbmR4meafB7MzYXxw).
   */
  invocationFailed: { ...internal("INTEGRATION_FAILURE"), customizedStatus: 504 },
  /** As a throttled function: no permission, or no function; the type is assumed. */
  invokeDenied: internal("API_CONFIGURATION_ERROR"),
  /** Assumed: no integration, no validator, a body that is not base64. */
  apiConfiguration: internal("API_CONFIGURATION_ERROR"),
  /** Documented: WHATSNEW/2024/06/amazon-api-gateway-integration-timeout-limit-29-seconds. */
  integrationTimeout: internal("INTEGRATION_TIMEOUT", 504, "Endpoint request timed out"),
  /** A fault of the local cloud itself. */
  internalFailure: internal("DEFAULT_5XX"),
} satisfies Record<string, ErrorRow>;

function row(
  status: number,
  responseType: ResponseType,
  errorType: string,
  message: string | null,
): ErrorRow {
  const template = '{"message":$context.error.messageString}';
  return { responseType, status, message, errorType, template };
}

/** The body of an internal error has a space: recorded by its Content-Length of 36. */
function internal(
  responseType: ResponseType,
  status = 500,
  message = "Internal server error",
): ErrorRow {
  const template = '{"message": $context.error.messageString}';
  return { responseType, status, message, errorType: "InternalServerErrorException", template };
}
