/**
 * Passwords that others know, in place of the lists that Cognito compares with: what users make of a word when
 * a policy asks for all classes of characters. That AWS's lists have these too is assumed.
 */
import { AwsError } from "../../aws-protocol/errors.ts";

/** A password is refused because others know it. */
export class CompromisedPasswordError extends AwsError {}

const known = new Set([
  "password",
  "Password1!",
  "Password123!",
  "Password1234!",
  "Password12345!",
  "Password123456!",
  "P@ssw0rd",
  "P@ssw0rd123!",
  "P@ssw0rd12345!",
  "Passw0rd12345!",
  "Qwertyuiop123!",
  "Qwerty1234567!",
  "Welcome123456!",
  "Changeme12345!",
  "Administrator1!",
  "Letmein1234567!",
]);

/** Whether a password is one of those. */
export const isCompromised = (password: string): boolean => known.has(password);
