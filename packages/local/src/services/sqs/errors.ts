/** SQS's errors, with the codes that they had in the query protocol (recorded: botocore's model of SQS). */
import { AwsError } from "../../aws-protocol/errors.ts";

const prefixed = [
  "BatchEntryIdsNotDistinct",
  "BatchRequestTooLong",
  "EmptyBatchRequest",
  "InvalidBatchEntryId",
  "MessageNotInflight",
  "TooManyEntriesInBatchRequest",
];
const queryCodes = new Map([
  ...prefixed.map((code) => [code, `AWS.SimpleQueueService.${code}`] as const),
  ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"],
  ["QueueNameExists", "QueueAlreadyExists"],
  ["KmsAccessDenied", "KMS.AccessDeniedException"],
  ["KmsDisabled", "KMS.DisabledException"],
  ["KmsInvalidState", "KMS.InvalidStateException"],
  ["KmsNotFound", "KMS.NotFoundException"],
]);

/** An error of SQS. */
export function sqsError(code: string, message: string): AwsError {
  return new AwsError(code, message, 400, queryCodes.get(code));
}

/** The error for a parameter's value. */
export function invalidValue(parameter: string, value: string | number, reason: string): AwsError {
  const message = `Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`;
  return sqsError("InvalidParameterValue", message);
}

/** The error for a queue that does not exist. */
export function queueDoesNotExist(): AwsError {
  return sqsError("QueueDoesNotExist", "The specified queue does not exist.");
}

/** A text that has to be there. @throws AwsError MissingParameter */
export function required(parameter: string, text: string | undefined): string {
  if (text !== undefined && text !== "") return text;
  throw sqsError("MissingParameter", `The request must contain the parameter ${parameter}.`);
}

/** A number in a range, if it is there. @throws AwsError InvalidParameterValue */
export function inRange(
  parameter: string,
  value: number | undefined,
  [least, most]: readonly [number, number],
): void {
  if (value === undefined || (value >= least && value <= most)) return;
  throw invalidValue(parameter, value, `Must be between ${least} and ${most}, if provided.`);
}
