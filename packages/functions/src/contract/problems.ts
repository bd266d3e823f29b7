/**
 * The one table of problems (RFC 9457), whichever layer finds them: the function's responses, API
 * Gateway's and OpenAPI are made from it. No text depends on a request.
 */

/** One thing that is wrong with the request's body. */
export type FieldError = Readonly<Record<"field" | "message", string>>;

/** A kind of problem. `headers` are sent with it. */
export interface Problem {
  /** A URN where a client can act on the difference, else `about:blank`: the status says it all. */
  readonly type: string;
  readonly title: string;
  /** Without one, the response has the status of the error that API Gateway found. */
  readonly status?: number;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Headers = Readonly<Record<string, string>>;

const plain = <S extends number>(status: S, title: string, detail: string, headers?: Headers) => {
  const problem = { type: "about:blank", title, status, detail };
  return headers ? { ...problem, headers } : problem;
};
const typed = <S extends number>(urn: string, ...rest: Parameters<typeof plain<S>>) => ({
  ...plain(...rest),
  type: `urn:secure-lambda:problem:${urn}`,
});
const unauthorized = (detail: string) =>
  plain(401, "Unauthorized", detail, { "WWW-Authenticate": "Bearer" });
const forbidden = (detail: string) => plain(403, "Forbidden", detail);
const notJson = (detail: string, headers?: Headers) =>
  plain(415, "Unsupported Media Type", detail, headers);

const noSuchRoute = "There is no such route.";
const tryLater = "An error occurred, try again later.";

/** Every problem by name. */
export const problems = {
  invalidRequest: typed(
    "invalid-request",
    400,
    "Invalid request",
    "The request's body is not what this route takes; see errors.",
  ),
  missingParameter: plain(400, "Bad Request", "A required header or parameter is missing."),
  unauthorized: unauthorized(
    "Send a valid ID token of this route's user pool in the Authorization header.",
  ),
  tokenRequired: unauthorized("A valid ID token of this route's user pool is required."),
  tokenExpired: unauthorized("The token has expired."),
  accessDenied: forbidden("This caller may not use this resource."),
  apiKeyRequired: forbidden("A valid API key is required."),
  routeUnknown: forbidden(noSuchRoute),
  firewallBlocked: forbidden("The firewall refused this request."),
  notFound: plain(404, "Not Found", noSuchRoute),
  methodNotAllowed: plain(405, "Method Not Allowed", "This route takes POST only.", {
    Allow: "POST",
  }),
  contentTooLarge: plain(413, "Content Too Large", "The request's body must be at most 16 KiB."),
  unsupportedMediaType: notJson("Send the body as application/json.", {
    Accept: "application/json",
  }),
  jsonRequired: notJson("The body must be application/json."),
  throttled: plain(429, "Too Many Requests", "Slow down and try again.", { "Retry-After": "1" }),
  quotaExceeded: plain(429, "Too Many Requests", "This API key's quota is used up."),
  internal: plain(500, "Internal Server Error", tryLater),
  secretUnavailable: typed("not-ready", 500, "Not ready to forward", tryLater),
  publishFailed: typed(
    "not-forwarded",
    502,
    "Not forwarded",
    "Sorry, an error occurred while your request was processed.",
  ),
  keysUnavailable: typed(
    "token-not-checkable",
    503,
    "Token not checkable",
    "The token cannot be checked at the moment, try again later.",
    { "Retry-After": "5" },
  ),
  timeout: plain(504, "Gateway Timeout", tryLater),
  otherRequestError: {
    type: "about:blank",
    title: "Bad Request",
    detail: "The request cannot be answered.",
  },
  otherServerError: { type: "about:blank", title: "Server Error", detail: tryLater },
} satisfies Record<string, Problem>;
