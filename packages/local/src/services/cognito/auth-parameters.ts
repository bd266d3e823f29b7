/** The loose string maps of the sign-in operations: `AuthParameters` and `ChallengeResponses`. */
import { invalidParameter, onlyOnAws } from "./errors.ts";

/** What a caller sent, by AWS's names. */
export type AuthParameters = Readonly<Record<string, string>>;

/** @throws AwsError for a parameter outside `known`, which would be ignored here. */
export function rejectUnknown(given: AuthParameters, known: readonly string[]): void {
  const extra = Object.keys(given).find((name) => !known.includes(name));
  if (extra !== undefined) throw onlyOnAws(`parameter ${extra}`);
}

/** A required parameter. @throws AwsError when it is missing or empty. */
export function required(given: AuthParameters, name: string): string {
  const value = given[name];
  if (value === undefined || value === "") {
    throw invalidParameter(`Missing required parameter ${name}`);
  }
  return value;
}
