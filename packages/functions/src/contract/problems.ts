/** The one table of problems (RFC 9457), for the function, API Gateway and OpenAPI; all texts are fixed. */
import { appName } from "./app-name.ts";

/** One thing that is wrong with the request: which field of its body, query or path. */
export type FieldError = Readonly<Record<"field" | "message", string>>;

type Headers = Readonly<Record<string, string>>;

/** A kind of problem. `headers` are sent with it. */
export interface Problem {
  /** A URN where a client can act on the difference, else `about:blank`: the status says it all. */
  readonly type: string;
  readonly title: string;
  /** Without one, the response has the status of the error that API Gateway found. */
  readonly status?: number;
  readonly detail: string;
  readonly headers?: Headers;
}

const blank = "about:blank";
const problem =
  <S extends number>(status: S, title: string, urn?: string) =>
  (detail: string, headers?: Headers) => {
    const type = urn === undefined ? blank : `urn:${appName}:problem:${urn}`;
    return { type, title, status, detail, ...(headers && { headers }) };
  };
const unauthorized = (detail: string) =>
  problem(401, "Unauthorized")(detail, { "WWW-Authenticate": "Bearer" });
const badRequest = problem(400, "Bad Request");
const invalidRequest = problem(400, "Invalid request", "invalid-request");
const forbidden = problem(403, "Forbidden");
const notJson = problem(415, "Unsupported Media Type");
const notForwarded = problem(502, "Not forwarded", "not-forwarded");
const tokenNotCheckable = problem(503, "Token not checkable", "token-not-checkable");
const tooMany = problem(429, "Too Many Requests");

const noSuchRoute = "There is no such route.";
const tryLater = "An error occurred, try again later.";

/** Every problem by name. */
export const problems = {
  invalidRequest: invalidRequest("The request is invalid; see errors."),
  malformedRequest: badRequest("The request is malformed."),
  missingParameter: badRequest("A required header or parameter is missing."),
  unauthorized: unauthorized("Send a valid ID token of this route's user pool in Authorization."),
  tokenExpired: unauthorized("The token has expired."),
  accessDenied: forbidden("This caller may not use this resource."),
  apiKeyRequired: forbidden("A valid API key is required."),
  routeUnknown: forbidden(noSuchRoute),
  firewallBlocked: forbidden("The firewall refused this request."),
  notFound: problem(404, "Not Found")(noSuchRoute),
  methodNotAllowed: problem(405, "Method Not Allowed")("See the Allow header."),
  contentTooLarge: problem(413, "Content Too Large")("The request's body must be at most 16 KiB."),
  unsupportedMediaType: notJson("Send the body as application/json.", {
    Accept: "application/json",
  }),
  jsonRequired: notJson("The body must be application/json."),
  throttled: tooMany("Slow down and try again.", { "Retry-After": "1" }),
  quotaExceeded: tooMany("This API key's quota is used up."),
  internal: problem(500, "Internal Server Error")(tryLater),
  secretUnavailable: problem(500, "Not ready to forward", "not-ready")(tryLater),
  publishFailed: notForwarded("Sorry, an error occurred while your request was processed."),
  keysUnavailable: tokenNotCheckable("The token cannot be checked now, try again later.", {
    "Retry-After": "5",
  }),
  integrationTimeout: problem(504, "Gateway Timeout")(tryLater),
  otherRequestError: {
    type: blank,
    title: "Bad Request",
    detail: "The request cannot be answered.",
  },
  otherServerError: { type: blank, title: "Server Error", detail: tryLater },
} satisfies Record<string, Problem>;
