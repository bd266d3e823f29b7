/** CloudWatch's errors: their codes differ between its protocols (documented: CLOUDWATCH-API/PutMetricData). */
import { AwsError } from "../../aws-protocol/errors.ts";

/** The code for an input that is not of its shape (recorded: LocalStack cloudwatch.test_set_alarm_invalid_input). */
export const validationError = "ValidationError";

/** The error for a value that a parameter may not have. */
export function invalidValue(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, 400, "InvalidParameterValue");
}

/** The error for parameters that may not be used together. */
export function invalidCombination(message: string): AwsError {
  const code = "InvalidParameterCombination";
  return new AwsError(`${code}Exception`, message, 400, code);
}

/** The error for one more than a quota admits (documented for alarms: CLOUDWATCH-API/PutMetricAlarm). */
export function limitExceeded(message: string): AwsError {
  return new AwsError("LimitExceededFault", message, 400, "LimitExceeded");
}
