/** Problem responses (RFC 9457): the one shape of every error response, and the one mapping from errors. */
import { PublishFailedError, SecretUnavailableError } from "@secure-lambda/core";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { KeysUnavailableError, TokenRefusedError } from "../auth/errors.ts";
import { problems, type FieldError, type Problem } from "../contract/index.ts";
import type { AppEnv } from "./app-env.ts";
import { MalformedEventError } from "./lambda.ts";
import { InvalidInputError } from "./middleware/validate-input.ts";

/** A problem that a response can have. */
type ResponseProblem = Problem & { readonly status: ContentfulStatusCode };

/** Responds with a problem, the request's id and, when it holds something wrong, what. */
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
  if (error instanceof InvalidInputError) return problemResponse(c, error.problem, error.errors);
  return problemResponse(c, problemsByError.get(error.constructor) ?? problems.internal);
}
