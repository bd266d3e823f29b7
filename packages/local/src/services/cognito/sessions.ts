/** The sessions of a user pool: look-up and revocation. */
import { userNotFound } from "./errors.ts";
import type { Pool, Session, User } from "./model.ts";
import { hashOf } from "./random.ts";

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

/** The session of a refresh token, revoked or expired ones included. */
export function sessionOf(pool: Pool, refreshToken: string): Session | undefined {
  const hash = hashOf(refreshToken);
  return pool.sessions.find(({ refreshTokenHash }) => refreshTokenHash === hash);
}
