/** The user whom an unsigned request names. Some clients must not learn that there is none. */
import { attemptsOfUnknown, type Attempts } from "./attempts.ts";
import { checkSecretHash } from "./client-secret.ts";
import { hidesUsers, userNotFound } from "./errors.ts";
import type { Owner, User } from "./model.ts";
import { findUser, normalizeName } from "./users.ts";

/** The user of a name, if there is one, and the counts of the name. */
export interface NamedUser extends Owner {
  user: User | undefined;
  attempts: Attempts;
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
  const attempts =
    user?.attempts ?? attemptsOfUnknown(pool.unknownUsers, normalizeName(pool, name));
  return { pool, client, user, attempts };
}
