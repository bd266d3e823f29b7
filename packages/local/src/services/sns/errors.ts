/** SNS's errors. */
import { AwsError } from "../../aws-protocol/errors.ts";

/** The error for a parameter, in SNS's words. */
export function invalidParameter(what: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${what}`);
}

/** The error for a topic or subscription that does not exist. */
export function notFound(what: "Topic" | "Subscription"): AwsError {
  return new AwsError("NotFound", `${what} does not exist`, 404);
}

/** The error while too many messages wait for a subscriber; AWS has no such limit. */
export function throttled(): AwsError {
  const message = "Rate exceeded: too many messages wait for a subscriber of the local cloud.";
  return new AwsError("Throttled", message, 429);
}

/** Checks what every ARN is like. @throws AwsError */
export function checkArn(parameter: string, arn: string): void {
  const parts = arn.split(":").length;
  if (parts >= 6) return;
  const reason = `An ARN must have at least 6 elements, not ${parts}`;
  throw invalidParameter(`${parameter} Reason: ${reason}`);
}
