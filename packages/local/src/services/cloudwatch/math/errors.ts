/** Errors of metric math. */
import { AwsError, unsupported } from "../../../aws-protocol/errors.ts";

/** The error for an expression that is none of metric math; its texts are assumed. */
export function invalidExpression(what: string): AwsError {
  return new AwsError("ValidationError", `The expression is not valid: ${what}.`);
}

/** The error for what metric math has and the local cloud does not. */
export function unsupportedMath(what: string): AwsError {
  return unsupported(`${what} in metric math`, "ValidationError");
}
