/** Problem details (RFC 9457): the one shape of every error response. */
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { FieldError, Problem } from "../../contract/index.ts";
import type { AppEnv } from "../app-env.ts";

/** A problem that a response can have. */
export type ResponseProblem = Problem & { readonly status: ContentfulStatusCode };

/** Responds with a problem, the request's id and, when the body is at fault, what is wrong in it. */
export function problemResponse(
  c: Context<AppEnv>,
  { headers, ...problem }: ResponseProblem,
  errors?: readonly FieldError[],
): Response {
  const body = { ...problem, requestId: c.get("correlationId"), errors };
  return c.body(JSON.stringify(body), problem.status, {
    ...headers,
    "Content-Type": "application/problem+json",
  });
}
