/** Client errors of the Lambda service, with AWS's error codes. */
import { AwsError } from "../../../aws-protocol/errors.ts";

/** The error codes in use, as in the Lambda API reference. */
export type LambdaErrorCode =
  | "InvalidParameterValueException"
  | "InvalidRequestContentException"
  | "RequestEntityTooLargeException"
  | "ResourceConflictException"
  | "ResourceNotFoundException";

/**
 * Documented: LAMBDA-API/Invoke, where a payload that is too large is a RequestTooLargeException; the
 * code that AWS answers with is reported (aws/aws-pdk#771).
 */
const statuses: Partial<Record<LambdaErrorCode, number>> = {
  RequestEntityTooLargeException: 413,
  ResourceNotFoundException: 404,
};

/** A rejected call. */
export class LambdaError extends AwsError {
  override readonly name = "LambdaError";

  constructor(code: LambdaErrorCode, message: string) {
    super(code, message, statuses[code]);
  }
}
