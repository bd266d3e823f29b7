/** What both kinds of filter patterns have in common. */
import { AwsError } from "../../../aws-protocol/errors.ts";

/** Tells whether a message matches. */
export type Matches = (message: string) => boolean;

/** A text in quotes as it is meant: a backslash takes the next character for itself. */
export function unescapeText(text: string): string {
  return text.replace(/\\(.)/g, "$1");
}

/** AWS's error for a pattern (reported by users of the AWS CLI). */
export function invalidPattern(at: string): AwsError {
  return new AwsError("InvalidParameterException", `Invalid character(s) in term '${at}'`);
}
