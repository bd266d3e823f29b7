/** Client errors of the Lambda service, with AWS's error codes. */
import { AwsError } from "../../../aws-protocol/errors.ts";

/** The error codes in use, as in the Lambda API reference. */
export type LambdaErrorCode =
  | "InvalidParameterValueException"
  | "InvalidRequestContentException"
  | "RequestTooLargeException"
  | "ResourceConflictException"
  | "ResourceNotFoundException";

/** Documented: LAMBDA-API/Invoke. */
const statuses: Partial<Record<LambdaErrorCode, number>> = {
  RequestTooLargeException: 413,
  ResourceNotFoundException: 404,
};

/** A rejected call. */
export class LambdaError extends AwsError {
  override readonly name = "LambdaError";

  constructor(code: LambdaErrorCode, message: string) {
    super(code, message, statuses[code]);
  }
}
