/** Which problem of the contract API Gateway responds with for each error that it finds by itself. */
import {
  type FieldError,
  nameLimits,
  type Problem,
  problems,
} from "@secure-lambda/functions/contract";

/** A problem, and what is wrong with which field of the body, where that is always the same. */
export interface GatewayProblem extends Problem {
  readonly errors?: readonly FieldError[];
}

/**
 * By response type (APIGW/supported-gateway-response-types).
 * The statuses are API Gateway's own, but for an expired token: 401 like every other bad token.
 * Not here are INTEGRATION_FAILURE, whose errors have several statuses that it would make one
 * (reported: REPOST-QUESTION/QUL-z6rJbmR4meafB7MzYXxw), and INTEGRATION_TIMEOUT: DEFAULT_5XX, which
 * names no status, is for both.
 */
export const gatewayProblems: Readonly<Record<string, GatewayProblem>> = {
  BAD_REQUEST_BODY: {
    ...problems.invalidRequest,
    // API Gateway names the broken rule only in a text that quotes the body: it could end the JSON.
    errors: [
      {
        field: "name",
        message: `must be a text of 1 to ${nameLimits.characters} characters and at most ${nameLimits.units} UTF-16 code units, and the only key of a JSON object`,
      },
    ],
  },
  BAD_REQUEST_PARAMETERS: problems.missingParameter,
  UNAUTHORIZED: problems.tokenRequired,
  EXPIRED_TOKEN: problems.tokenExpired,
  ACCESS_DENIED: problems.accessDenied,
  INVALID_API_KEY: problems.apiKeyRequired,
  INVALID_SIGNATURE: problems.routeUnknown,
  MISSING_AUTHENTICATION_TOKEN: problems.routeUnknown,
  WAF_FILTERED: problems.firewallBlocked,
  RESOURCE_NOT_FOUND: problems.notFound,
  UNSUPPORTED_MEDIA_TYPE: problems.jsonRequired,
  THROTTLED: problems.throttled,
  QUOTA_EXCEEDED: problems.quotaExceeded,
  API_CONFIGURATION_ERROR: problems.internal,
  AUTHORIZER_CONFIGURATION_ERROR: problems.internal,
  AUTHORIZER_FAILURE: problems.internal,
  DEFAULT_4XX: problems.otherRequestError,
  DEFAULT_5XX: problems.otherServerError,
};
