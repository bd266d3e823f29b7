/** Every error that API Gateway answers by itself, and how ours reads. */
import { invalidRequest, nameLimits } from "@secure-lambda/functions/contract";

/**
 * One row: a response type of API Gateway
 * (APIGW/supported-gateway-response-types).
 */
export interface GatewayProblem {
  readonly responseType: string;
  /** What tells the problem; about:blank unless it is one of the contract's. */
  readonly type?: string;
  /** The HTTP status; types without one keep that of the error. */
  readonly status?: number;
  readonly title: string;
  readonly detail: string;
  /** What is wrong with which field of the body, where that is always the same. */
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  readonly headers?: Readonly<Record<string, string>>;
}

const ourFault = "An error occurred, try again later.";
const challenge = { "WWW-Authenticate": "Bearer" };

/** The statuses are API Gateway's own, but for an expired token: 401 like every other bad token. */
export const problems: readonly GatewayProblem[] = [
  {
    responseType: "BAD_REQUEST_BODY",
    ...invalidRequest,
    // API Gateway says which rule is broken in a text alone that quotes the body: it could end the JSON.
    errors: [
      {
        field: "name",
        message: `must be a text of 1 to ${nameLimits.characters} characters and at most ${nameLimits.units} UTF-16 code units, and the only key of a JSON object`,
      },
    ],
  },
  {
    responseType: "BAD_REQUEST_PARAMETERS",
    status: 400,
    title: "Bad Request",
    detail: "A required header or parameter is missing.",
  },
  {
    responseType: "UNAUTHORIZED",
    status: 401,
    title: "Unauthorized",
    detail: "A valid ID token of this route's user pool is required.",
    headers: challenge,
  },
  {
    responseType: "EXPIRED_TOKEN",
    status: 401,
    title: "Unauthorized",
    detail: "The token has expired.",
    headers: challenge,
  },
  {
    responseType: "ACCESS_DENIED",
    status: 403,
    title: "Forbidden",
    detail: "This caller may not use this resource.",
  },
  {
    responseType: "INVALID_API_KEY",
    status: 403,
    title: "Forbidden",
    detail: "A valid API key is required.",
  },
  {
    responseType: "INVALID_SIGNATURE",
    status: 403,
    title: "Forbidden",
    detail: "There is no such route.",
  },
  {
    responseType: "MISSING_AUTHENTICATION_TOKEN",
    status: 403,
    title: "Forbidden",
    detail: "There is no such route.",
  },
  {
    responseType: "WAF_FILTERED",
    status: 403,
    title: "Forbidden",
    detail: "The firewall refused this request.",
  },
  {
    responseType: "RESOURCE_NOT_FOUND",
    status: 404,
    title: "Not Found",
    detail: "There is no such route.",
  },
  {
    responseType: "UNSUPPORTED_MEDIA_TYPE",
    status: 415,
    title: "Unsupported Media Type",
    detail: "The body must be application/json.",
  },
  {
    responseType: "THROTTLED",
    status: 429,
    title: "Too Many Requests",
    detail: "Slow down and try again.",
    headers: { "Retry-After": "1" },
  },
  {
    responseType: "QUOTA_EXCEEDED",
    status: 429,
    title: "Too Many Requests",
    detail: "This API key's quota is used up.",
  },
  {
    responseType: "API_CONFIGURATION_ERROR",
    status: 500,
    title: "Internal Server Error",
    detail: ourFault,
  },
  {
    responseType: "AUTHORIZER_CONFIGURATION_ERROR",
    status: 500,
    title: "Internal Server Error",
    detail: ourFault,
  },
  {
    responseType: "AUTHORIZER_FAILURE",
    status: 500,
    title: "Internal Server Error",
    detail: ourFault,
  },
  {
    responseType: "INTEGRATION_FAILURE",
    status: 504,
    title: "Gateway Timeout",
    detail: ourFault,
  },
  {
    responseType: "INTEGRATION_TIMEOUT",
    status: 504,
    title: "Gateway Timeout",
    detail: ourFault,
  },
  {
    responseType: "DEFAULT_4XX",
    title: "Bad Request",
    detail: "The request cannot be answered.",
  },
  { responseType: "DEFAULT_5XX", title: "Server Error", detail: ourFault },
];
