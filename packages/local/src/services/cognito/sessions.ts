/** The sessions of a user pool: look-up and revocation. */
import { userNotFound } from "./errors.ts";
import type { Pool, Session, User } from "./model.ts";
import { hashOf, newOpaqueToken } from "./random.ts";

/** The sessions that are kept of a user: a bound on what repeated sign-ins make a pool hold. */
const maximumSessions = 1000;

/** Adds a session, in place of its user's oldest if there are too many. */
export function addSession(sessions: Session[], session: Session): void {
  const earlier = sessions.filter(({ sub }) => sub === session.sub);
  const [oldest] = earlier;
  if (oldest !== undefined && earlier.length >= maximumSessions) {
    sessions.splice(sessions.indexOf(oldest), 1);
  }
  sessions.push(session);
}

/** Ends every session of a user: refresh tokens stop working, and so do access tokens here. */
export function revokeSessions(pool: Pool, user: User): void {
  for (const session of pool.sessions) {
    if (session.sub === user.sub) session.revoked = true;
  }
}

/** The user of a session. @throws AwsError when the user was deleted. */
export function userOf(pool: Pool, { sub }: Session): User {
  const user = pool.aliases.get(sub);
  if (user === undefined) throw userNotFound();
  return user;
}

/** The session of a refresh token, revoked, expired and replaced ones included. */
export function sessionOf(pool: Pool, refreshToken: string): Session | undefined {
  const hash = hashOf(refreshToken);
  return pool.sessions.find(
    ({ originalTokenHash, refreshTokenHash, replacedTokens }) =>
      originalTokenHash === hash || refreshTokenHash === hash || replacedTokens.has(hash),
  );
}

/** Whether a refresh token of a session is the latest, or can be used again after its replacement. */
export function isUsable(session: Session, refreshToken: string, now: number): boolean {
  const hash = hashOf(refreshToken);
  return session.refreshTokenHash === hash || (session.replacedTokens.get(hash) ?? 0) > now;
}

/** Replaced tokens that a session keeps: a bound on what repeated refreshes make a pool hold. */
const maximumReplaced = 100;

/**
 * Replaces the latest refresh token of a session. One that is used again until `usableUntil` replaces
 * the latest one too, which then cannot be used again.
 */
export function replaceToken(session: Session, used: string, usableUntil: number): string {
  const next = newOpaqueToken();
  const { refreshTokenHash: latest, replacedTokens } = session;
  replacedTokens.set(latest, latest === hashOf(used) ? usableUntil : 0);
  session.refreshTokenHash = hashOf(next);
  const [oldest] = replacedTokens.keys();
  if (replacedTokens.size > maximumReplaced && oldest) replacedTokens.delete(oldest);
  return next;
}

/** Whether a refresh token ends its session: the latest, and that of the sign-in. */
export function endsSession(session: Session, refreshToken: string): boolean {
  return [session.originalTokenHash, session.refreshTokenHash].includes(hashOf(refreshToken));
}
