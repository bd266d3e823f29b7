/** The user whom an unsigned request names. Some clients must not learn that there is none. */
import { createHash } from "node:crypto";
import { checkSecretHash } from "./client-secret.ts";
import { hidesUsers, userNotFound } from "./errors.ts";
import type { Owner, Pool, User } from "./model.ts";
import { findUser, normalizeName, signInName } from "./users.ts";

/** Whom an unsigned request names. */
export interface Naming {
  Username: string;
  SecretHash?: string | undefined;
}

/** The user of a name, if there is one. */
export interface NamedUser extends Owner {
  /** As sent. */
  name: string;
  user: User | undefined;
  /** The key of the name's limits. */
  key: string;
}

/** @throws AwsError for a wrong secret hash, and with the message `unknown` where the client may learn it. */
export function namedUser(
  { pool, client }: Owner,
  name: string,
  secretHash: string | undefined,
  unknown = "Username/client id combination not found.",
): NamedUser {
  checkSecretHash(client, name, secretHash);
  const user = findUser(pool, name);
  if (user === undefined && !hidesUsers(client)) throw userNotFound(unknown);
  return { pool, client, name, user, key: limitKey(pool, user, name) };
}

/**
 * The key of a name's limits: one for all names of a user, and the same before there is the user and
 * after. It is a short hash, since a name may have any length and there may be many.
 */
export function limitKey(pool: Pool, user: User | undefined, name: string): string {
  const known = user === undefined ? name : signInName(pool, user);
  const hash = createHash("sha256").update(`${pool.id} ${normalizeName(pool, known)}`);
  return hash.digest().toString("latin1", 0, 16);
}
