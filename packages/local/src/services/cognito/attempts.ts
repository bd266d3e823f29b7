/** Counts of requests for a user name. Unknown users have them too, or a limit would reveal who is a user. */
import { hashOf } from "./random.ts";

/** The counts of one user name. Times are milliseconds since 1970. */
export interface Attempts {
  /** Wrong passwords since the last reset; see lock-out.ts. */
  failures: number;
  lastTryAt: number;
  lockedUntil: number;
  /** Settles when the password check that is under way has ended. */
  turn: Promise<void>;
  /** The times of calls by operation, of those with a limit per hour; see limits.ts. */
  calls: Map<string, number[]>;
}

/** The names of unknown users that a pool keeps: a bound on what unsigned callers can make it hold. */
const maximumUnknown = 10_000;

/** Creates the counts of a new name. */
export function newAttempts(): Attempts {
  const never = Number.NEGATIVE_INFINITY;
  const turn = Promise.resolve();
  return { failures: 0, lastTryAt: never, lockedUntil: never, turn, calls: new Map() };
}

/** The counts of an unknown user. They are kept by the name's hash, since a name may have any length. */
export function attemptsOfUnknown(unknown: Map<string, Attempts>, name: string): Attempts {
  const key = hashOf(name);
  const attempts = unknown.get(key) ?? newAttempts();
  // Deleting first moves the name to the end: the first one is the least recently seen.
  unknown.delete(key);
  unknown.set(key, attempts);
  const [oldest] = unknown.keys();
  if (unknown.size > maximumUnknown && oldest !== undefined) unknown.delete(oldest);
  return attempts;
}
