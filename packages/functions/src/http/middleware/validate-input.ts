/** Validates what a request carries against the contract: parameters, query and body. */
import { zValidator } from "@hono/zod-validator";
import type { Context, MiddlewareHandler } from "hono";
import type * as z from "zod/mini";
import { problems } from "../../contract/index.ts";
import type { Described, FieldError, Problem, RequestInputs } from "../../contract/index.ts";
import type { AppEnv } from "../app-env.ts";

const MAX_BODY_BYTES = 16 * 1_024;
const MAX_ERRORS = 10;

/** A part of the request does not follow the contract. */
export class InvalidInputError extends Error {
  override readonly name = "InvalidInputError";
  readonly problem: Problem & { readonly status: 400 | 413 | 415 };
  readonly errors: readonly FieldError[] | undefined;

  constructor(problem: InvalidInputError["problem"], errors?: readonly FieldError[]) {
    super("The request does not follow the contract.");
    this.problem = problem;
    this.errors = errors;
  }
}

/** What the validation leaves behind, by Hono's types of validated input: `c.req.valid("json")`. */
export interface Validated<R extends RequestInputs> {
  in: { [T in keyof R]: R[T] extends Described<infer S> ? z.input<S> : never };
  out: { [T in keyof R]: R[T] extends Described<infer S> ? z.output<S> : never };
}

/** Parses what a route takes. Throws `InvalidInputError`. */
export function validateInput<R extends RequestInputs>(
  inputs: R,
): MiddlewareHandler<AppEnv, string, Validated<R>> {
  const validators = (["param", "query", "json"] as const).flatMap(
    (target): MiddlewareHandler[] => {
      const schema = inputs[target]?.schema;
      if (schema === undefined) return [];
      return [
        zValidator(target, schema, (result) => {
          if (!result.success) throw invalid(result.error.issues.flatMap(errorsOfIssue));
        }),
      ];
    },
  );
  return async (c, next) => {
    if (inputs.json !== undefined) await readJson(c);
    for (const validate of validators) await validate(c, async () => {});
    await next();
  };
}

/** For a body of another type the validator would see `{}`, and Hono's limit trusts Content-Length. */
async function readJson(c: Context): Promise<void> {
  const mediaType = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") throw new InvalidInputError(problems.unsupportedMediaType);
  const size = Buffer.byteLength(await c.req.text());
  if (size > MAX_BODY_BYTES) throw new InvalidInputError(problems.contentTooLarge);
  await c.req.json().catch(() => Promise.reject(invalid([malformedJson])));
}

const malformedJson = errorAt(["(body)"], "must be well-formed JSON");

/** Keys come from the caller: neither their number nor their length is unbounded. */
const invalid = (errors: readonly FieldError[]) =>
  new InvalidInputError(problems.invalidRequest, errors.slice(0, MAX_ERRORS));

function errorsOfIssue({ path, ...issue }: z.core.$ZodIssue): readonly FieldError[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => errorAt([...path, key], "is not a known field"));
  }
  if (path.length === 0) return [errorAt(["(body)"], "must be a JSON object")];
  return [errorAt(path, issue.message)];
}

function errorAt(path: readonly PropertyKey[], message: string): FieldError {
  return { field: path.join(".").replace(/(?<=^.{64}).+/s, "…"), message };
}
