/** The one table from thrown errors to answers. */
import { PublishFailedError, SecretUnavailableError } from "@secure-lambda/core";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { KeysUnavailableError, TokenRefusedError } from "../../auth/errors.ts";
import type { AppEnv } from "../app-env.ts";
import { problemResponse } from "./problem-response.ts";
import type { ResponseProblem } from "./problem-response.ts";
import { problems } from "../../contract/problems.ts";
import { InvalidBodyError, malformedJson } from "../middleware/validate-body.ts";

type ErrorClass = abstract new (...args: never[]) => Error;

const table: readonly (readonly [ErrorClass, ResponseProblem])[] = [
  [TokenRefusedError, problems.unauthorized],
  [KeysUnavailableError, problems.keysUnavailable],
  [SecretUnavailableError, problems.secretUnavailable],
  [PublishFailedError, problems.publishFailed],
];

/** Answers a thrown error. What the table does not know is answered as an internal error, no more. */
export function answerError(error: Error, c: Context<AppEnv>): Response {
  if (error instanceof InvalidBodyError) {
    return problemResponse(c, problems.invalidRequest, error.errors);
  }
  // Hono's validator throws a plain 400 for a body that is not JSON, and nothing else throws one.
  if (error instanceof HTTPException && error.status === 400) {
    return problemResponse(c, problems.invalidRequest, malformedJson);
  }
  const row = table.find(([errorClass]) => error instanceof errorClass);
  return problemResponse(c, row?.[1] ?? problems.internal);
}
