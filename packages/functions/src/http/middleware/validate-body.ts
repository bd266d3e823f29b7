/** Validates a request's body against the contract. */
import { zValidator } from "@hono/zod-validator";
import { greetRequestSchema, type FieldError } from "../../contract/index.ts";
import type * as z from "zod/mini";

const WHOLE_BODY = "(body)";
const MAX_ERRORS = 10;
const MAX_FIELD_UNITS = 64;

/** The body is JSON but does not follow the contract. */
export class InvalidBodyError extends Error {
  override readonly name = "InvalidBodyError";
  readonly errors: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    super("The request's body does not follow the contract.");
    this.errors = errors;
  }
}

/** What is wrong with a body that is not JSON at all. */
export const malformedJson: readonly FieldError[] = [
  { field: WHOLE_BODY, message: "must be well-formed JSON" },
];

/**
 * Parses the body for `c.req.valid("json")`. Throws `InvalidBodyError`, and Hono's `HTTPException` 400
 * for malformed JSON. A body of another content type counts as `{}`, so it stands behind `requireJson`.
 */
export const validateBody = () =>
  zValidator("json", greetRequestSchema, (result) => {
    if (!result.success) throw new InvalidBodyError(fieldErrors(result.error.issues));
  });

/** The keys of the body come from the caller: neither their number nor their length is unbounded. */
function fieldErrors(issues: readonly z.core.$ZodIssue[]): readonly FieldError[] {
  return issues.flatMap(errorsOfIssue).slice(0, MAX_ERRORS);
}

function errorsOfIssue(issue: z.core.$ZodIssue): readonly FieldError[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ field: shorten(key), message: "is not a known field" }));
  }
  const [field] = issue.path;
  if (field === undefined) return [{ field: WHOLE_BODY, message: "must be a JSON object" }];
  return [{ field: String(field), message: issue.message }];
}

function shorten(key: string): string {
  return key.length <= MAX_FIELD_UNITS ? key : `${key.slice(0, MAX_FIELD_UNITS)}…`;
}
