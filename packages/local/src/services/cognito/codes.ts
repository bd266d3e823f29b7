/** Confirmation codes: used once, with an expiry and a limit of attempts. */
import { timingSafeEqual } from "node:crypto";
import { AwsError } from "../../aws-protocol/errors.ts";
import { codeMismatch } from "./errors.ts";
import type { CodePurpose, User } from "./model.ts";
import { hashOf, newCode } from "./random.ts";

/** Documented: a sign-up code is valid for a day, a reset code for an hour. Milliseconds. */
const lifetimes = { signUp: 24 * 3_600_000, forgotPassword: 3_600_000 };

/** Assumed; AWS documents 5 to 20 an hour, depending on the risk. */
const tries = 5;

/** Issues a code, which replaces an earlier one for the same purpose. */
export function issueCode(user: User, purpose: CodePurpose, now: number): string {
  const code = newCode();
  const expiresAt = now + lifetimes[purpose];
  user.codes.set(purpose, { hash: hashOf(code), expiresAt, triesLeft: tries });
  return code;
}

/** Redeems a code, which is then used up. @throws AwsError for a wrong or expired code. */
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
