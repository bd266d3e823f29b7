/** The users of a pool: look-up by their names, creation, removal, representation. */
import { randomUUID } from "node:crypto";
import { AwsError } from "../../aws-protocol/errors.ts";
import { timestamp } from "../../aws-protocol/json-protocol.ts";
import { attributeList, isEmail } from "./attributes.ts";
import { useUpCode } from "./codes.ts";
import { invalidParameter, userNotFound } from "./errors.ts";
import type { Pool, User, UserStatus } from "./model.ts";
import { hashPassword, type PasswordHash } from "./passwords.ts";

/**
 * A user by username, by `sub`, or by e-mail address where the pool signs in with those. It takes no
 * longer for an unknown name.
 */
export function findUser(pool: Pool, name: string): User | undefined {
  const wanted = normalizeName(pool, name);
  return pool.users.get(wanted) ?? pool.aliases.get(wanted);
}

/** What a user is known by before there is a user: the e-mail address where that is what signs in. */
export function signInName(pool: Pool, { username, attributes }: User): string {
  return signsInByEmail(pool) ? (attributes.get("email") ?? username) : username;
}

function signsInByEmail({ settings }: Pool): boolean {
  return settings.usernameAttributes.includes("email");
}

/** @throws AwsError UserNotFoundException. */
export function requireUser(pool: Pool, name: string): User {
  const user = findUser(pool, name);
  if (user === undefined) throw userNotFound();
  return user;
}

/** A user to add. */
export interface NewUser {
  name: string;
  attributes: Map<string, string>;
  status: UserStatus;
  password: PasswordHash;
  temporaryUntil: number | undefined;
}

/**
 * Adds a user. Where users sign in with their e-mail address, that becomes an attribute and the
 * username is the `sub` (documented).
 * @throws AwsError when the name is taken or is not an e-mail address in such a pool.
 */
export function addUser(pool: Pool, { name, attributes, ...rest }: NewUser, now: number): User {
  const sub = randomUUID();
  const byEmail = signsInByEmail(pool);
  const all = new Map([["sub", sub], ...attributes]);
  if (byEmail) {
    if (!isEmail(name)) throw invalidParameter("Username should be an email.");
    const given = attributes.get("email") ?? name;
    if (normalizeName(pool, given) !== normalizeName(pool, name)) {
      throw invalidParameter("The attribute email must be the username.");
    }
    all.set("email", normalizeName(pool, name));
  }
  if (findUser(pool, name) !== undefined) {
    const message = byEmail
      ? "An account with the given email already exists."
      : "User already exists";
    throw new AwsError("UsernameExistsException", message);
  }
  assertRoom(pool, all);
  const user: User = {
    sub,
    username: byEmail ? sub : name,
    attributes: all,
    ...rest,
    enabled: true,
    codes: new Map(),
    challenges: new Map(),
    softwareToken: undefined,
    pendingSecret: undefined,
    totpMfa: { enabled: false, preferred: false },
    createdAt: now,
    modifiedAt: now,
  };
  pool.users.set(normalizeName(pool, user.username), user);
  for (const alias of aliasesOf(pool, user)) pool.aliases.set(alias, user);
  return user;
}

/** Users of a pool, and characters of all their attributes: bounds on what unsigned callers make it hold. */
const maximumUsers = 10_000;
const maximumText = 16 * 1024 * 1024;

/** @throws AwsError LimitExceededException for a user too many; AWS has room for 40 million. */
function assertRoom({ users }: Pool, added: ReadonlyMap<string, string>): void {
  const all = [added, ...users.values().map(({ attributes }) => attributes)];
  const text = all.flatMap((attributes) => [...attributes.values()]);
  const characters = text.reduce((sum, value) => sum + value.length, 0);
  if (users.size < maximumUsers && characters <= maximumText) return;
  const message = `The local cloud keeps at most ${maximumUsers} users of a pool, and ${maximumText} characters of their attributes.`;
  throw new AwsError("LimitExceededException", message);
}

/** Removes a user. */
export function removeUser(pool: Pool, user: User): void {
  pool.users.delete(normalizeName(pool, user.username));
  for (const alias of aliasesOf(pool, user)) pool.aliases.delete(alias);
}

function aliasesOf(pool: Pool, user: User): string[] {
  return [user.sub, normalizeName(pool, signInName(pool, user))];
}

/** Sets a user's password, and cancels open challenges and resets. */
export async function setPassword(
  user: User,
  password: string,
  temporaryUntil: number | undefined,
): Promise<void> {
  user.password = await hashPassword(password);
  user.temporaryUntil = temporaryUntil;
  user.status = temporaryUntil === undefined ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD";
  user.challenges.clear();
  useUpCode(user, "forgotPassword");
}

/** The members that every representation of a user has, without the attributes. */
export function describeUser(user: User): object {
  return {
    Username: user.username,
    Enabled: user.enabled,
    UserStatus: user.status,
    UserCreateDate: timestamp(user.createdAt),
    UserLastModifiedDate: timestamp(user.modifiedAt),
  };
}

/** A user in the API's UserType. */
export function userType(user: User): object {
  return { ...describeUser(user), Attributes: attributeList(user) };
}

/** A name as it is compared with others. */
export function normalizeName(pool: Pool, name: string): string {
  return pool.settings.caseSensitive ? name : name.toLowerCase();
}
