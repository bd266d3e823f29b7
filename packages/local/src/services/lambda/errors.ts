/** Errors of the Lambda service that a caller caused, with the codes of AWS's API. */

/** The codes in use, as docs.aws.amazon.com/lambda/latest/api names them. */
export type LambdaErrorCode =
  | "InvalidParameterValueException"
  | "InvalidRequestContentException"
  | "RequestTooLargeException"
  | "ResourceConflictException"
  | "ResourceNotFoundException";

/** A refused call. */
export class LambdaError extends Error {
  override readonly name = "LambdaError";
  readonly code: LambdaErrorCode;

  constructor(code: LambdaErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
