/** The one mapping from thrown errors to responses. */
import { PublishFailedError, SecretUnavailableError } from "@secure-lambda/core";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { KeysUnavailableError, TokenRefusedError } from "../../auth/errors.ts";
import { problems } from "../../contract/index.ts";
import type { AppEnv } from "../app-env.ts";
import { InvalidBodyError, malformedJson } from "../middleware/validate-body.ts";
import { problemResponse, type ResponseProblem } from "./problem-response.ts";

type ErrorClass = abstract new (...args: never[]) => Error;

const problemsByError: readonly (readonly [ErrorClass, ResponseProblem])[] = [
  [TokenRefusedError, problems.unauthorized],
  [KeysUnavailableError, problems.keysUnavailable],
  [SecretUnavailableError, problems.secretUnavailable],
  [PublishFailedError, problems.publishFailed],
];

/** Responds to a thrown error; to an unknown one as an internal error, with no details. */
export function onError(error: Error, c: Context<AppEnv>): Response {
  if (error instanceof InvalidBodyError) {
    return problemResponse(c, problems.invalidRequest, error.errors);
  }
  // Hono's validator throws a plain 400 for a body that is not JSON, and nothing else throws one.
  if (error instanceof HTTPException && error.status === 400) {
    return problemResponse(c, problems.invalidRequest, malformedJson);
  }
  const row = problemsByError.find(([errorClass]) => error instanceof errorClass);
  return problemResponse(c, row?.[1] ?? problems.internal);
}
