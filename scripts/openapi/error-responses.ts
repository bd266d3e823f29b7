/** The error responses of a route, whichever layer they come from, as OpenAPI describes them. */
import type { problems } from "@secure-lambda/functions/contract";

/** The statuses of the contract's problems; a route that exists has no 404 and no 405. */
type Status = Exclude<
  Extract<(typeof problems)[keyof typeof problems], { status: number }>["status"],
  404 | 405
>;

/** A response's name among the components of the document, and when it is sent. */
interface Description {
  readonly name: string;
  readonly description: string;
}

const described: Readonly<Record<Status, Description>> = {
  400: {
    name: "InvalidRequest",
    description: "The body is not JSON, or the request is not what the route takes.",
  },
  401: {
    name: "Unauthorized",
    description: "There is no token, or none that is valid for this route's user pool.",
  },
  403: {
    name: "Forbidden",
    description: "The firewall blocked the request, or a stage with API keys was sent none.",
  },
  413: { name: "ContentTooLarge", description: "The body is too large." },
  415: { name: "UnsupportedMediaType", description: "The body is not application/json." },
  429: {
    name: "TooManyRequests",
    description: "The route's rate, or the quota of the API key, is used up. Try again later.",
  },
  500: { name: "InternalError", description: "Something failed. Try again later." },
  502: {
    name: "NotForwarded",
    description:
      "The name could not be forwarded, or it is not known whether it was, or the function failed.",
  },
  503: {
    name: "Unavailable",
    description: "The token cannot be checked at the moment. Try again later.",
  },
  504: { name: "Timeout", description: "The function did not answer in time." },
};

/** Every error response, by status. */
export const errorResponses = Object.entries(described).map(([status, description]) => ({
  status: Number(status),
  ...description,
}));
