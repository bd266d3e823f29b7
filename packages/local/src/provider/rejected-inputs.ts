/** Why a resource type rejects inputs: it does not know them, or AWS would not take them either. */
import * as z from "zod";
import { UnsupportedInputsError, UnsupportedError } from "../errors/unsupported.ts";

/** The parameters of a custom issue about something that AWS has and the local cloud has not. */
export const unsupportedHere = { unsupported: true } as const;

const unsupportedParams = z.looseObject({ unsupported: z.literal(true) });

/** The error for inputs that a schema rejected, parsed with `reportInput`. */
export function rejectedInputs(what: string, cause: z.ZodError): Error {
  const message = `The local cloud cannot apply ${what}: ${z.prettifyError(cause)}`;
  const unsupported = cause.issues.filter(isUnsupportedHere);
  const paths = unsupported.flatMap(inputsToLeaveOut);
  if (unsupported.length === 0) return new Error(message, { cause });
  return unsupported.length === cause.issues.length && paths.every((path) => path.length > 0)
    ? new UnsupportedInputsError(message, paths, { cause })
    : new UnsupportedError(message, { cause });
}

/**
 * Ranges, lengths and patterns are AWS's own; of what a schema names, AWS has more. An input that is
 * missing here is one that AWS does not need: the compiler checks those that it does.
 */
function isUnsupportedHere(issue: z.core.$ZodIssue): boolean {
  if (issue.code === "custom") return unsupportedParams.safeParse(issue.params).success;
  if (issue.code === "invalid_type") {
    return issue.input === undefined || ["never", "undefined"].includes(issue.expected);
  }
  return ["unrecognized_keys", "invalid_value", "invalid_union"].includes(issue.code);
}

/** Keys that are not known, wherever they are; an input whose value is not supported, as a whole. */
function inputsToLeaveOut(issue: z.core.$ZodIssue): PropertyKey[][] {
  return issue.code === "unrecognized_keys"
    ? issue.keys.map((key) => [...issue.path, key])
    : [issue.path.slice(0, 1)];
}
