/** Every error that the gateway answers by itself: the one table of statuses, bodies and types. */
import type { ResponseType } from "./model/gateway-responses.ts";

/** How an error is answered where the API does not customize it. */
export interface ErrorRow {
  /** The gateway response that customizes it. */
  responseType: ResponseType;
  status: number;
  message: string | null;
  /** The value of `x-amzn-ErrorType`. */
  errorType: string;
  template: string;
}

const compact = '{"message":$context.error.messageString}';
/** The body of an internal error has a space: recorded by its Content-Length of 36. */
const spaced = '{"message": $context.error.messageString}';

const internal = {
  status: 500,
  message: "Internal server error",
  errorType: "InternalServerErrorException",
  template: spaced,
} as const;

/** The rows, each with its source: see index.ts for what the abbreviations stand for. */
export const errorTable = {
  /** Documented GW/apigateway-enable-cognito-user-pool; captured aws-samples/serverless-patterns#2254. */
  unauthorized: {
    responseType: "UNAUTHORIZED",
    status: 401,
    message: "Unauthorized",
    errorType: "UnauthorizedException",
    template: compact,
  },
  /** Field: amplify-js#6060, #5934. Its gateway response is assumed: EXPIRED_TOKEN documents 403. */
  expiredToken: {
    responseType: "UNAUTHORIZED",
    status: 401,
    message: "The incoming token has expired",
    errorType: "UnauthorizedException",
    template: compact,
  },
  /** Assumed: the authorizer cannot be asked. The null message is AWS's default for this type. */
  authorizerConfiguration: {
    responseType: "AUTHORIZER_CONFIGURATION_ERROR",
    status: 500,
    message: null,
    errorType: "AuthorizerConfigurationException",
    template: compact,
  },
  /** Recorded: LS test_routing_not_found. */
  missingAuthenticationToken: {
    responseType: "MISSING_AUTHENTICATION_TOKEN",
    status: 403,
    message: "Missing Authentication Token",
    errorType: "MissingAuthenticationTokenException",
    template: compact,
  },
  /** Field, for an unknown path; AWS repeats the token where this says TOKEN. Type assumed. */
  incompleteSignature: {
    responseType: "INVALID_SIGNATURE",
    status: 403,
    message:
      "'TOKEN' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer TOKEN'.",
    errorType: "IncompleteSignatureException",
    template: compact,
  },
  /** Documented: AWS's page on 403 from API Gateway. */
  wafFiltered: {
    responseType: "WAF_FILTERED",
    status: 403,
    message: "Forbidden",
    errorType: "ForbiddenException",
    template: compact,
  },
  /** An unknown stage, or a switched-off default endpoint (documented on the same page). */
  unknownStage: {
    responseType: "ACCESS_DENIED",
    status: 403,
    message: "Forbidden",
    errorType: "ForbiddenException",
    template: compact,
  },
  /** Recorded: LS test_api_key_required_for_methods; the text is documented, the type is theirs. */
  invalidApiKey: {
    responseType: "INVALID_API_KEY",
    status: 403,
    message: "Forbidden",
    errorType: "ForbiddenException",
    template: compact,
  },
  /** Documented: AWS's page on the 429 limit. */
  quotaExceeded: {
    responseType: "QUOTA_EXCEEDED",
    status: 429,
    message: "Limit Exceeded",
    errorType: "LimitExceededException",
    template: compact,
  },
  /** Recorded: LS test_api_gateway_request_validator; each request has its own list. */
  missingParameters: {
    responseType: "BAD_REQUEST_PARAMETERS",
    status: 400,
    message: "Missing required request parameters",
    errorType: "BadRequestException",
    template: compact,
  },
  /** Recorded by the same test. */
  invalidBody: {
    responseType: "BAD_REQUEST_BODY",
    status: 400,
    message: "Invalid request body",
    errorType: "BadRequestException",
    template: compact,
  },
  /** Documented: AWS's page on the 429 limit. */
  throttled: {
    responseType: "THROTTLED",
    status: 429,
    message: "Too Many Requests",
    errorType: "TooManyRequestsException",
    template: compact,
  },
  /** The limit is documented, the text and type are assumed. */
  requestTooLarge: {
    responseType: "REQUEST_TOO_LARGE",
    status: 413,
    message: "Request Too Long",
    errorType: "RequestTooLargeException",
    template: compact,
  },
  /** The limit is documented, the answer is assumed. */
  headersTooLarge: {
    responseType: "DEFAULT_4XX",
    status: 431,
    message: "Request Header Fields Too Large",
    errorType: "BadRequestException",
    template: compact,
  },
  /** Assumed: the body ended before its length. Nobody is left to read the answer. */
  incompleteBody: {
    responseType: "DEFAULT_4XX",
    status: 400,
    message: "Bad Request",
    errorType: "BadRequestException",
    template: compact,
  },
  /** The function threw, timed out or ended. Recorded: LS test_aws_proxy_response_payload_format_validation. */
  functionFailed: { ...internal, responseType: "DEFAULT_5XX", status: 502 },
  /** Recorded by the same test. */
  malformedReply: { ...internal, responseType: "DEFAULT_5XX", status: 502 },
  /** Documented: aws/agent-toolkit-for-aws, aws-serverless troubleshooting; the type is assumed. */
  functionThrottled: { ...internal, responseType: "INTEGRATION_FAILURE" },
  /** As functionThrottled: no permission, or no function. */
  invokeDenied: { ...internal, responseType: "API_CONFIGURATION_ERROR" },
  /** Recorded: LS test_lambda_aws_proxy_integration_non_post_method; a reply that is no base64. */
  apiConfiguration: { ...internal, responseType: "API_CONFIGURATION_ERROR" },
  /** Documented: about-aws/whats-new/2024/06 on the integration timeout. */
  integrationTimeout: {
    ...internal,
    responseType: "INTEGRATION_TIMEOUT",
    status: 504,
    message: "Endpoint request timed out",
  },
  /** A fault of the local cloud itself. */
  internalFailure: { ...internal, responseType: "DEFAULT_5XX" },
} as const satisfies Record<string, ErrorRow>;

/** The name of a row. */
export type ErrorKind = keyof typeof errorTable;

interface GatewayErrorOptions {
  hint?: string;
  message?: string;
  validation?: string;
  answer?: Response | undefined;
  cause?: unknown;
}

/** Ends a request with a row of the table. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly kind: ErrorKind;
  /** For the person at the laptop: what the local cloud would say and AWS would not. */
  readonly hint: string | undefined;
  /** In place of the row's message. */
  readonly clientMessage: string | undefined;
  /** The value of `$context.error.validationErrorString`. */
  readonly validation: string | undefined;
  /** In place of every answer that the API or the table has. */
  readonly answer: Response | undefined;

  constructor(kind: ErrorKind, options: GatewayErrorOptions = {}) {
    super(kind, { cause: options.cause });
    this.kind = kind;
    this.hint = options.hint;
    this.clientMessage = options.message;
    this.validation = options.validation;
    this.answer = options.answer;
  }
}
