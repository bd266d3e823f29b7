/** Validates input, with errors in one line. */
import type * as z from "zod";
import { AwsError } from "./errors.ts";

/**
 * The parsed value.
 * @throws AwsError with `code`; its message names the member, never the value. A member that no
 * schema lists is an option of AWS's that the local cloud would otherwise silently ignore.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  code: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AwsError(code, result.error.issues.map(describe).join("; "));
}

function describe(issue: z.core.$ZodIssue): string {
  const member = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const keys = issue.keys.map((key) => (member === "" ? key : `${member}.${key}`));
    return `The local cloud does not support the parameter ${keys.join(", ")}`;
  }
  return member === "" ? issue.message : `${member}: ${issue.message}`;
}
