/** Confirmation codes: used once, with an expiry. */
import { AwsError } from "../../aws-protocol/errors.ts";
import { equalInConstantTime } from "./constant-time.ts";
import { codeMismatch, hidesUsers } from "./errors.ts";
import type { Client, CodePurpose, User } from "./model.ts";
import { hashOf, newCode, newOpaqueToken } from "./random.ts";

/** Documented: COGNITO/quotas. Milliseconds. */
const lifetimes = {
  signUp: 24 * 3_600_000,
  forgotPassword: 3_600_000,
  verifyAttribute: 24 * 3_600_000,
};

/** Issues a code, which replaces an earlier one for the same purpose; without a user it takes the same work. */
export function issueCode(user: User | undefined, purpose: CodePurpose, now: number): string {
  const code = newCode();
  const issued = { hash: hashOf(code), expiresAt: now + lifetimes[purpose] };
  user?.codes.set(purpose, issued);
  return code;
}

const noCode = hashOf(newOpaqueToken());

/** Whether a code is the latest that was sent to a user; it may be used or expired. */
export function isCodeOf(user: User | undefined, purpose: CodePurpose, given: string): boolean {
  const sent = user?.codes.get(purpose)?.hash ?? noCode;
  return equalInConstantTime(sent, hashOf(given));
}

/**
 * Redeems a code, which is then used up, and returns its user; `isRight` is what isCodeOf says. With
 * PreventUserExistenceErrors only the code itself reveals that it is used or expired: a guess must not
 * reveal that a user has one.
 * @throws AwsError for a wrong, used or expired code.
 */
export function redeemCode(
  { user, client }: { user: User | undefined; client: Client },
  purpose: CodePurpose,
  isRight: boolean,
  now: number,
): User {
  if (user === undefined) throw codeMismatch();
  const isValid = (user.codes.get(purpose)?.expiresAt ?? 0) > now;
  if (!isValid && (isRight || !hidesUsers(client))) {
    const message = "Invalid code provided, please request a code again.";
    throw new AwsError("ExpiredCodeException", message);
  }
  if (!isRight) throw codeMismatch();
  useUpCode(user, purpose);
  return user;
}

/** Ends the validity of a user's code, if there is one. */
export function useUpCode(user: User, purpose: CodePurpose): void {
  const code = user.codes.get(purpose);
  if (code !== undefined) code.expiresAt = 0;
}
