/** The error responses of the API, whichever layer they come from, as OpenAPI describes them. */
import type { problems, RouteRow } from "@secure-lambda/functions/contract";

/** The name of a problem of the contract. */
export type ProblemName = keyof typeof problems;

/** A response: its status, or the range of those that no other response has, and its problems. */
export interface ErrorResponse {
  readonly status: number | "4XX" | "5XX";
  readonly name: string;
  readonly description: string;
  readonly problems: readonly ProblemName[];
  /** Which routes can give it: all by default, those that take something, those with a body, or none. */
  readonly routes?: "withInput" | "withBody" | "none";
}

/** Every error response. A function that fails is answered with 502 by a problem that names no status. */
export const errorResponses: readonly ErrorResponse[] = [
  {
    status: 400,
    name: "InvalidRequest",
    description: "The body is not JSON, or the request is not what the route takes.",
    problems: ["invalidRequest", "malformedRequest", "missingParameter"],
    routes: "withInput",
  },
  {
    status: 401,
    name: "Unauthorized",
    description: "There is no token, or none that is valid for this route's user pool.",
    problems: ["unauthorized", "tokenExpired"],
  },
  {
    status: 403,
    name: "Forbidden",
    description: "The firewall blocked the request, or a stage with API keys was sent none.",
    problems: ["firewallBlocked", "apiKeyRequired", "accessDenied"],
  },
  {
    status: 413,
    name: "ContentTooLarge",
    description: "The body is too large.",
    problems: ["contentTooLarge"],
    routes: "withBody",
  },
  {
    status: 415,
    name: "UnsupportedMediaType",
    description: "The body is not application/json, or is compressed in a way that is not known.",
    problems: ["unsupportedMediaType", "jsonRequired"],
    routes: "withBody",
  },
  {
    status: 429,
    name: "TooManyRequests",
    description: "The route's rate, or the quota of the API key, is used up. Try again later.",
    problems: ["throttled", "quotaExceeded"],
  },
  {
    status: 500,
    name: "InternalError",
    description: "Something failed. Try again later.",
    problems: ["internal", "secretUnavailable"],
  },
  {
    status: 502,
    name: "NotForwarded",
    description:
      "The name could not be forwarded, or it is not known whether it was, or the function failed.",
    problems: ["publishFailed", "otherServerError"],
  },
  {
    status: 503,
    name: "Unavailable",
    description: "The token cannot be checked at the moment. Try again later.",
    problems: ["keysUnavailable"],
  },
  {
    status: 504,
    name: "Timeout",
    description: "The function did not answer in time.",
    problems: ["integrationTimeout"],
  },
  {
    status: "4XX",
    name: "OtherRequestError",
    description: "API Gateway cannot answer the request: its headers are too large, for instance.",
    problems: ["otherRequestError"],
  },
  {
    status: "5XX",
    name: "OtherServerError",
    description: "Another error of API Gateway. Try again later.",
    problems: ["otherServerError"],
  },
  {
    status: "4XX",
    name: "NoSuchRoute",
    description:
      "No route has the method and path. From API Gateway it is 403, from the function 404 or 405.",
    problems: ["routeUnknown", "notFound", "methodNotAllowed"],
    routes: "none",
  },
];

/** The error responses that a route can give. */
export const errorResponsesOf = ({ request }: Pick<RouteRow, "request">) =>
  errorResponses.filter(({ routes }) => {
    if (routes === "withBody") return request.json !== undefined;
    return routes === undefined || (routes === "withInput" && Object.keys(request).length > 0);
  });
