/** Common parts of both kinds of filter patterns. */
import { AwsError } from "../../../aws-protocol/errors.ts";

/** Tells whether a message matches. */
export type Matches = (message: string) => boolean;

/** Removes the backslash escapes of a quoted text. */
export function unescapeText(text: string): string {
  return text.replace(/\\(.)/g, "$1");
}

/** AWS's error for a pattern (reported by users of the AWS CLI). */
export function invalidPattern(at: string): AwsError {
  return new AwsError("InvalidParameterException", `Invalid character(s) in term '${at}'`);
}
