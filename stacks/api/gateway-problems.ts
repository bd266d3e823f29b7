/** Which problem of the contract API Gateway responds with for each error that it finds by itself. */
import {
  type Described,
  type FieldError,
  type Problem,
  problems,
  type RouteRow,
  routeRows,
} from "@secure-lambda/functions/contract";
import { fieldsOf } from "./request-model.ts";

/** A problem, and what each field that can be wrong must be. */
export interface GatewayProblem extends Problem {
  readonly errors?: readonly FieldError[];
}

/**
 * What the fields of an input must be. A response is the same for every route, so where routes take
 * different fields, each is said to be one of its routes.
 */
function fieldErrors(inputOf: (row: RouteRow) => Described | undefined): readonly FieldError[] {
  const takers = routeRows.filter((row) => inputOf(row) !== undefined);
  const said = takers.flatMap((row) =>
    fieldsOf(inputOf(row)).map(({ field, required, rule }) => ({
      field,
      message: `${required ? "is required" : "is optional"}. ${rule}`,
      route: `${row.method} ${row.path}`,
    })),
  );
  return [...Map.groupBy(said, ({ field, message }) => `${field} ${message}`).values()].flatMap(
    (alike) => {
      const of =
        alike.length === takers.length ? "" : `${alike.map(({ route }) => route).join(", ")}: `;
      return alike.slice(0, 1).map(({ field, message }) => ({ field, message: `${of}${message}` }));
    },
  );
}

/**
 * By response type (APIGW/supported-gateway-response-types).
 * The statuses are API Gateway's own, but for an expired token: 401 like every other bad token.
 * Not here is INTEGRATION_FAILURE: its errors have several statuses, of which it would make one
 * (reported: REPOST-QUESTION/QUL-z6rJbmR4meafB7MzYXxw). DEFAULT_5XX is for them. Its body has no
 * `status`, and neither has DEFAULT_4XX's: a template is fixed text, and the status is a variable of
 * access logs only (documented: APIGW/api-gateway-variables-for-access-logging).
 */
export const gatewayProblems: Readonly<Record<string, GatewayProblem>> = {
  BAD_REQUEST_BODY: {
    ...problems.invalidRequest,
    // API Gateway names the broken rule only in a text that quotes the body: it could end the JSON.
    errors: [
      { field: "(body)", message: "must be a JSON object of only the fields named here" },
      ...fieldErrors(({ request }) => request.json),
    ],
  },
  BAD_REQUEST_PARAMETERS: {
    ...problems.missingParameter,
    errors: fieldErrors(({ request }) => request.query),
  },
  UNAUTHORIZED: problems.unauthorized,
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
  INTEGRATION_TIMEOUT: problems.integrationTimeout,
  DEFAULT_4XX: problems.otherRequestError,
  DEFAULT_5XX: problems.otherServerError,
};

/**
 * The body of a problem. It is fixed text but for the request's id: some of API Gateway's own messages
 * quote headers of the request. A `$` of the contract would begin a variable.
 */
export function templateOf(problem: GatewayProblem): string {
  const { type, title, status, detail, errors } = problem;
  const body = JSON.stringify({
    type,
    title,
    status,
    detail,
    requestId: "$context.requestId",
    ...(errors === undefined || errors.length === 0 ? {} : { errors }),
  });
  return body.replaceAll(/\$(?!context\.requestId")/g, String.raw`\u0024`);
}
