/** Validates what a request carries against the contract: parameters, query and body. */
import type { Context, MiddlewareHandler } from "hono";
import type * as z from "zod/mini";
import { problems } from "../../contract/index.ts";
import type { Described, FieldError, Problem, RequestInputs } from "../../contract/index.ts";
import type { AppEnv } from "../app-env.ts";

const MAX_BODY_BYTES = 16 * 1_024;
const MAX_ERRORS = 10;
const MAX_FIELD_UNITS = 64;

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

const targets = ["param", "query", "json"] as const;

/** Parses what a route takes. Throws `InvalidInputError`. */
export const validateInput =
  <R extends RequestInputs>(inputs: R): MiddlewareHandler<AppEnv, string, Validated<R>> =>
  async (c, next) => {
    for (const target of targets) {
      const schema = inputs[target]?.schema;
      if (schema === undefined) continue;
      const parsed = schema.safeParse(await read[target](c));
      if (!parsed.success) throw invalid(parsed.error.issues.flatMap(errorsOfIssue));
      c.req.addValidatedData(target, parsed.data);
    }
    await next();
  };

const read = {
  param: (c: Context) => c.req.param(),
  query: (c: Context) =>
    Object.fromEntries(
      Object.entries(c.req.queries()).map(([name, all]) => [name, all.length > 1 ? all : all[0]]),
    ),
  /** Hono's own limit trusts the Content-Length header. */
  json: async (c: Context) => {
    const mediaType = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
    if (mediaType !== "application/json")
      throw new InvalidInputError(problems.unsupportedMediaType);
    const size = Buffer.byteLength(await c.req.text());
    if (size > MAX_BODY_BYTES) throw new InvalidInputError(problems.contentTooLarge);
    return c.req.json().catch(() => Promise.reject(invalid([malformedJson])));
  },
};

const malformedJson = { field: "(body)", message: "must be well-formed JSON" };

/** Keys come from the caller: neither their number nor their length is unbounded. */
const invalid = (errors: readonly FieldError[]) =>
  new InvalidInputError(problems.invalidRequest, errors.slice(0, MAX_ERRORS));

function errorsOfIssue(issue: z.core.$ZodIssue): readonly FieldError[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const field = key.length > MAX_FIELD_UNITS ? `${key.slice(0, MAX_FIELD_UNITS)}…` : key;
      return { field, message: "is not a known field" };
    });
  }
  const [field] = issue.path;
  if (field === undefined) return [{ field: "(body)", message: "must be a JSON object" }];
  return [{ field: String(field), message: issue.message }];
}
