/** Open challenges: what a user is asked for before there are tokens, by the session that the client has. */
import { required, type AuthParameters } from "./auth-parameters.ts";
import { checkSecretHash } from "./client-secret.ts";
import type { Context } from "./context.ts";
import { invalidParameter, notAuthorized } from "./errors.ts";
import type { Challenge, ChallengeName, Client, Owner, Pool, User } from "./model.ts";
import type { Pools } from "./pools.ts";
import { hashOf, newOpaqueToken } from "./random.ts";
import { findUser, normalizeName } from "./users.ts";

/** Open challenges of a user: a bound on what the pool holds. */
const maximumChallenges = 10;

/** A challenge that a session belongs to. */
export interface OpenChallenge extends Owner {
  user: User;
  /** The secret of an authenticator that is set up in it. */
  pendingSecret: string | undefined;
  /** Ends it: a session works once. */
  close: () => void;
}

/** Opens a challenge, in place of the user's oldest if there are too many, and returns its session. */
export function openChallenge(
  { now }: Context,
  client: Client,
  user: User,
  name: ChallengeName,
  pendingSecret?: string,
): string {
  const session = newOpaqueToken();
  const expiresAt = now() + client.settings.authSessionValidity * 60_000;
  user.challenges.set(hashOf(session), { name, clientId: client.id, expiresAt, pendingSecret });
  const [oldest] = user.challenges.keys();
  if (user.challenges.size > maximumChallenges && oldest) user.challenges.delete(oldest);
  return session;
}

/**
 * The challenge that a response is for.
 * @throws AwsError unless the session was issued for it, to this user through this client.
 */
export function challengeOf(
  context: Context,
  { pool, client }: Owner,
  name: ChallengeName,
  session: string | undefined,
  given: AuthParameters,
): OpenChallenge {
  const username = required(given, "USERNAME");
  if (session === undefined) throw invalidParameter("Missing required parameter Session");
  checkSecretHash(client, username, given["SECRET_HASH"]);
  const user = findUser(pool, username);
  const key = hashOf(session);
  const challenge = user?.challenges.get(key);
  // An alias does not respond to a challenge (documented: COGNITO-API/RespondToAuthChallenge); what
  // AWS answers to one is assumed.
  const isOwn = user && normalizeName(pool, user.username) === normalizeName(pool, username);
  if (!isOwn || challenge?.clientId !== client.id) throw invalidSession();
  return opened(context, { pool, client }, user, session, challenge, name);
}

/** The challenge of a session, for operations that name neither its user nor its client. */
export function challengeBySession(
  context: Context,
  name: ChallengeName,
  session: string,
): OpenChallenge {
  const key = hashOf(session);
  for (const pool of context.pools.list()) {
    const user = userWithChallenge(pool, key);
    const challenge = user?.challenges.get(key);
    const client = challenge && pool.clients.get(challenge.clientId);
    if (user && client) return opened(context, { pool, client }, user, session, challenge, name);
  }
  throw invalidSession();
}

/** The pool of a session; undefined for one that is not open. */
export const poolOfSession = (pools: Pools, session: string): Pool | undefined =>
  pools.list().find((pool) => userWithChallenge(pool, hashOf(session)) !== undefined);

function userWithChallenge({ users }: Pool, key: string): User | undefined {
  return users.values().find(({ challenges }) => challenges.has(key));
}

function opened(
  { now }: Context,
  owner: Owner,
  user: User,
  session: string,
  challenge: Challenge,
  name: ChallengeName,
): OpenChallenge {
  if (challenge.name !== name) throw invalidSession();
  if (challenge.expiresAt <= now()) {
    throw notAuthorized("Invalid session for the user, session is expired.");
  }
  if (!user.enabled) throw notAuthorized("User is disabled.");
  const { pendingSecret } = challenge;
  return {
    ...owner,
    user,
    pendingSecret,
    close: () => void user.challenges.delete(hashOf(session)),
  };
}

function invalidSession(): Error {
  return notAuthorized("Invalid session for the user.");
}
