/** The lock-out after wrong passwords and codes (documented: COGNITO/authentication, COGNITO/user-pool-settings-mfa). */
import { notAuthorized } from "./errors.ts";
import { createRecent } from "./recent.ts";

/** This many wrong passwords lock a name out for a second, each further one for twice as long. */
const allowedFailures = 5;

/** "Approximately 15 minutes": the longest lock-out, and the pause that resets the count. Milliseconds. */
const longest = 900_000;

/**
 * Checks a password, or a one-time password, of a name by its key. A right one resets the count if it
 * `signsIn`; one before a second factor does not, or it would allow any number of guesses of that factor.
 * Nothing comes between a check and its count: concurrent requests get no further attempts.
 * @throws AwsError during a lock-out; that is an attempt, but not a failure.
 */
export type CheckPassword = (key: string, matches: () => boolean, signsIn?: boolean) => boolean;

/**
 * Creates the counts of an account and Region, the same for users and unknown names. There are as many
 * as wrong passwords are admitted in 15 minutes; see limits.ts.
 */
export function createLockOut(now: () => number): CheckPassword {
  // Documented only for the time after a lock-out; that a pause before one resets the count is assumed.
  const failed = createRecent<{ at: number; failures: number; lockedUntil: number }>(longest, now);

  return (key, matches, signsIn = true) => {
    const before = failed.get(key);
    if (before !== undefined) {
      failed.set(key, { ...before, at: now() });
      if (now() < before.lockedUntil) throw notAuthorized("Password attempts exceeded");
    }
    const correct = matches();
    if (!correct) failed.set(key, lockOut((before?.failures ?? 0) + 1, now()));
    else if (signsIn) failed.delete(key);
    return correct;
  };
}

function lockOut(failures: number, at: number) {
  const doublings = failures - allowedFailures;
  const milliseconds = doublings < 0 ? 0 : Math.min(2 ** doublings * 1000, longest);
  return { at, failures, lockedUntil: at + milliseconds };
}
