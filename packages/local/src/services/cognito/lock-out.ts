/** The lock-out after wrong passwords (documented: COGNITO/authentication). */
import { notAuthorized } from "./errors.ts";
import { createRecent } from "./recent.ts";

/** This many wrong passwords lock a name out for a second, each further one for twice as long. */
const allowedFailures = 5;

/** "Approximately 15 minutes": the longest lock-out, and the pause that resets the count. Milliseconds. */
const longest = 900_000;

/**
 * Checks a password of a name, by its key. Checks of one name run one after another: concurrent
 * requests get no further attempts.
 * @throws AwsError during a lock-out; that is an attempt, but not a failure.
 */
export type CheckPassword = (key: string, matches: () => Promise<boolean>) => Promise<boolean>;

/**
 * Creates the counts of an account and Region, the same for users and unknown names. There are as many
 * as wrong passwords are admitted in 15 minutes; see limits.ts.
 */
export function createLockOut(now: () => number): CheckPassword {
  // Documented only for the time after a lock-out; that a pause before one resets the count is assumed.
  const failed = createRecent<{ at: number; failures: number; lockedUntil: number }>(longest, now);
  const turns = new Map<string, Promise<unknown>>();

  async function check(key: string, matches: () => Promise<boolean>): Promise<boolean> {
    const before = failed.get(key);
    if (before !== undefined) {
      failed.set(key, { ...before, at: now() });
      if (now() < before.lockedUntil) throw notAuthorized("Password attempts exceeded");
    }
    const correct = await matches();
    if (correct) failed.delete(key);
    else failed.set(key, lockOut((before?.failures ?? 0) + 1, now()));
    return correct;
  }

  return async (key, matches) => {
    const result = (turns.get(key) ?? Promise.resolve()).then(() => check(key, matches));
    const turn = result.catch(() => undefined);
    turns.set(key, turn);
    try {
      return await result;
    } finally {
      if (turns.get(key) === turn) turns.delete(key);
    }
  };
}

function lockOut(failures: number, at: number) {
  const doublings = failures - allowedFailures;
  const milliseconds = doublings < 0 ? 0 : Math.min(2 ** doublings * 1000, longest);
  return { at, failures, lockedUntil: at + milliseconds };
}
