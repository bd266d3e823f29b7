/** Who a name is in the SRP flow. For nobody there is the same, and it takes the same work. */
import type { Pool, User } from "./model.ts";
import { saltOf, simulatedUserId, simulatedVerifier } from "./srp-identity.ts";
import { findUser, normalizeName, signsInByEmail, srpUserId } from "./users.ts";

/** A user, or nobody, with what a proof of the password contains. */
export interface SrpUser {
  user: User | undefined;
  userId: string;
  salt: bigint;
  verifier: bigint;
}

/**
 * By a name as sent. Where users sign in with usernames, the `sub` is none here, since the user id would
 * tell whose it is (recorded: ministackorg/ministack#1758).
 */
export function srpUserOf(pool: Pool, name: string): SrpUser {
  const known = normalizeName(pool, name);
  const found = findUser(pool, name);
  const own = found && srpUserId(pool, found.username);
  if (found && own !== undefined && (signsInByEmail(pool) || own === known)) {
    return {
      user: found,
      userId: own,
      salt: saltOf(pool.id, own),
      verifier: found.password.verifier,
    };
  }
  const userId = isUserId(pool, known) ? known : simulatedUserId(pool.id, known);
  const verifier = simulatedVerifier(pool.id, userId);
  return { user: undefined, userId, salt: saltOf(pool.id, userId), verifier };
}

/** Whether a name could be the user id of its user. */
function isUserId(pool: Pool, name: string): boolean {
  return !signsInByEmail(pool) || /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(name);
}
