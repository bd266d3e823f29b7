/** The answers other than 200, from whichever layer refuses first. */

/** One of them. */
export interface Refusal {
  readonly status: number;
  /** Its name among the components of the document. */
  readonly name: string;
  readonly description: string;
}

/** Every status with which a request to a route can be refused. */
export const refusals: readonly Refusal[] = [
  {
    status: 400,
    name: "InvalidRequest",
    description: "The body is not JSON, or not what the route takes.",
  },
  {
    status: 401,
    name: "Unauthorized",
    description: "There is no token, or none that is valid for this route's user pool.",
  },
  {
    status: 403,
    name: "Forbidden",
    description: "The firewall blocked the request, or a stage with API keys was sent none.",
  },
  { status: 413, name: "ContentTooLarge", description: "The body is too large." },
  { status: 415, name: "UnsupportedMediaType", description: "The body is not application/json." },
  {
    status: 429,
    name: "TooManyRequests",
    description: "The route's rate, or the quota of the API key, is used up. Try again later.",
  },
  { status: 500, name: "InternalError", description: "Something failed. Try again later." },
  {
    status: 502,
    name: "NotForwarded",
    description: "The name could not be forwarded, or the function failed.",
  },
  {
    status: 503,
    name: "Unavailable",
    description: "The token cannot be checked at the moment. Try again later.",
  },
  { status: 504, name: "Timeout", description: "The function did not answer in time." },
];
