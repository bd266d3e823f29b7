/** Problem responses (RFC 9457): the one shape of every error response, and the one mapping from errors. */
import { PublishFailedError, SecretUnavailableError } from "@secure-lambda/core";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { KeysUnavailableError, TokenRefusedError } from "../auth/errors.ts";
import { problems, type FieldError, type Problem } from "../contract/index.ts";
import type { AppEnv } from "./app-env.ts";
import { MalformedEventError } from "./lambda.ts";
import { InvalidBodyError, malformedJson } from "./middleware/validate-body.ts";

/** A problem that a response can have. */
type ResponseProblem = Problem & { readonly status: ContentfulStatusCode };

/** Responds with a problem, the request's id and, when the body is at fault, what is wrong in it. */
export function problemResponse(
  c: Context<AppEnv>,
  { headers, ...problem }: ResponseProblem,
  errors?: readonly FieldError[],
): Response {
  const body = { ...problem, requestId: c.env.correlationId, errors };
  return c.body(JSON.stringify(body), problem.status, {
    ...headers,
    "Content-Type": "application/problem+json",
  });
}

const problemsByError = new Map<unknown, ResponseProblem>([
  [MalformedEventError, problems.malformedRequest],
  [TokenRefusedError, problems.unauthorized],
  [KeysUnavailableError, problems.keysUnavailable],
  [SecretUnavailableError, problems.secretUnavailable],
  [PublishFailedError, problems.publishFailed],
]);

/** Responds to a thrown error; to an unknown one as an internal error, with no details. */
export function onError(error: Error, c: Context<AppEnv>): Response {
  if (error instanceof InvalidBodyError)
    return problemResponse(c, problems.invalidRequest, error.errors);
  // Hono's validator throws a plain 400 for a body that is not JSON, and nothing else throws one.
  if (error instanceof HTTPException && error.status === 400) {
    return problemResponse(c, problems.invalidRequest, malformedJson);
  }
  return problemResponse(c, problemsByError.get(error.constructor) ?? problems.internal);
}
