/** The lock-out after wrong passwords (documented: COGNITO/authentication). */
import type { Attempts } from "./attempts.ts";
import { notAuthorized } from "./errors.ts";

/** This many wrong passwords lock a user out for a second, each further one for twice as long. */
const allowedFailures = 5;

/** "Approximately 15 minutes": the longest lock-out, and the pause that resets the count. Milliseconds. */
const longest = 900_000;

/**
 * Checks a password. Checks for one user run one after another: concurrent requests get no further
 * attempts.
 * @throws AwsError during a lock-out; that is an attempt, but not a failure.
 */
export function checkPassword(
  attempts: Attempts,
  now: () => number,
  matches: () => Promise<boolean>,
): Promise<boolean> {
  const result = attempts.turn.then(async () => {
    beginTry(attempts, now());
    const correct = await matches();
    if (correct) attempts.failures = 0;
    else countFailure(attempts, now());
    return correct;
  });
  attempts.turn = result.then(
    () => undefined,
    () => undefined,
  );
  return result;
}

function beginTry(attempts: Attempts, now: number): void {
  // Documented only for the time after a lock-out; before one it is assumed.
  if (now - attempts.lastTryAt >= longest) attempts.failures = 0;
  attempts.lastTryAt = now;
  if (now < attempts.lockedUntil) throw notAuthorized("Password attempts exceeded");
}

function countFailure(attempts: Attempts, now: number): void {
  attempts.failures += 1;
  if (attempts.failures < allowedFailures) return;
  attempts.lockedUntil = now + Math.min(2 ** (attempts.failures - allowedFailures) * 1000, longest);
}
