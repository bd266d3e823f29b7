/** Confirmation codes: sent once, good for a while, and for a few tries. */
import { timingSafeEqual } from "node:crypto";
import { AwsError } from "../../aws-protocol/errors.ts";
import { codeMismatch } from "./errors.ts";
import type { User } from "./model.ts";
import { hashOf, newCode } from "./random.ts";

export type CodePurpose = "signUp" | "forgotPassword";
export interface ConfirmationCode {
  hash: string;
  expiresAt: number;
  triesLeft: number;
}

/** Documented: a sign-up code lives a day, a reset code an hour. Milliseconds. */
const lifetimes = { signUp: 24 * 3_600_000, forgotPassword: 3_600_000 };

/** Assumed; AWS says 5 to 20 an hour, depending on the risk it sees. */
const tries = 5;

/** A new code in place of an earlier one for the same purpose. */
export function issueCode(user: User, purpose: CodePurpose, now: number): string {
  const code = newCode();
  const expiresAt = now + lifetimes[purpose];
  user.codes.set(purpose, { hash: hashOf(code), expiresAt, triesLeft: tries });
  return code;
}

/** Takes a code back, so that it works once. @throws AwsError for a wrong or dead code. */
export function redeemCode(user: User, purpose: CodePurpose, given: string, now: number): void {
  const code = user.codes.get(purpose);
  if (code === undefined || code.expiresAt <= now) {
    throw new AwsError(
      "ExpiredCodeException",
      "Invalid code provided, please request a code again.",
    );
  }
  if (code.triesLeft === 0) {
    const message = "Attempt limit exceeded, please try after some time.";
    throw new AwsError("LimitExceededException", message);
  }
  code.triesLeft -= 1;
  if (!timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(code.hash))) throw codeMismatch();
  user.codes.delete(purpose);
}
