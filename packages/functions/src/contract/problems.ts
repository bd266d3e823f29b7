/** Every problem that the API answers with. No text here depends on a request. */

/** A kind of problem (RFC 9457). `headers` are sent with it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a body that breaks the contract is answered with, whichever layer finds it. */
export const invalidRequest = {
  type: "urn:secure-lambda:problem:invalid-request",
  title: "Invalid request",
  status: 400,
  detail: "The request's body is not what this route takes; see errors.",
} as const;

/** The API's problems by name; a `type` of its own where a client can act on the difference. */
export const problems = {
  invalidRequest,
  unauthorized: {
    type: "about:blank",
    title: "Unauthorized",
    status: 401,
    detail: "Send a valid ID token of this route's user pool in the Authorization header.",
    headers: { "WWW-Authenticate": "Bearer" },
  },
  notFound: {
    type: "about:blank",
    title: "Not Found",
    status: 404,
    detail: "There is no such route.",
  },
  methodNotAllowed: {
    type: "about:blank",
    title: "Method Not Allowed",
    status: 405,
    detail: "This route takes POST only.",
    headers: { Allow: "POST" },
  },
  contentTooLarge: {
    type: "about:blank",
    title: "Content Too Large",
    status: 413,
    detail: "The request's body must be at most 16 KiB.",
  },
  unsupportedMediaType: {
    type: "about:blank",
    title: "Unsupported Media Type",
    status: 415,
    detail: "Send the body as application/json.",
    headers: { Accept: "application/json" },
  },
  internal: {
    type: "about:blank",
    title: "Internal Server Error",
    status: 500,
    detail: "An error occurred, try again later.",
  },
  secretUnavailable: {
    type: "urn:secure-lambda:problem:not-ready",
    title: "Not ready to forward",
    status: 500,
    detail: "An error occurred, try again later.",
  },
  publishFailed: {
    type: "urn:secure-lambda:problem:not-forwarded",
    title: "Not forwarded",
    status: 502,
    detail: "Sorry, an error occurred while your request was processed.",
  },
  keysUnavailable: {
    type: "urn:secure-lambda:problem:token-not-checkable",
    title: "Token not checkable",
    status: 503,
    detail: "The token cannot be checked at the moment, try again later.",
    headers: { "Retry-After": "5" },
  },
} as const satisfies Record<string, Problem>;
