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

/** Whether users sign in with their e-mail address. */
export function signsInByEmail({ settings }: Pool): boolean {
  return settings.usernameAttributes.includes("email");
}

/** @throws AwsError UserNotFoundException. */
export function requireUser(pool: Pool, name: string): User {
  const user = findUser(pool, name);
  if (user === undefined) throw userNotFound();
  return user;
}

/** The names that a new user has whatever else they sign in with. */
export interface NewIdentity {
  sub: string;
  username: string;
}

/** A new user's; where users sign in with their e-mail address the username is the `sub` (documented). */
export function newIdentity(pool: Pool, name: string): NewIdentity {
  const sub = randomUUID();
  return { sub, username: signsInByEmail(pool) ? sub : name };
}

/** A user to add; `name` is what they sign in with. */
export interface NewUser extends NewIdentity {
  name: string;
  attributes: Map<string, string>;
  status: UserStatus;
  password: PasswordHash;
  temporaryUntil: number | undefined;
}

/**
 * Adds a user. Where users sign in with their e-mail address, that becomes an attribute (documented).
 * @throws AwsError when the name is taken or is not an e-mail address in such a pool.
 */
export function addUser(pool: Pool, { name, attributes, ...rest }: NewUser, now: number): User {
  const byEmail = signsInByEmail(pool);
  const all = new Map([["sub", rest.sub], ...attributes]);
  if (byEmail) {
    if (!isEmail(name)) throw invalidParameter("Username should be an email.");
    const given = attributes.get("email") ?? name;
    if (normalizeName(pool, given) !== normalizeName(pool, name)) {
      throw invalidParameter("The attribute email must be the username.");
    }
    all.set("email", storedEmail(pool, name));
  }
  if (findUser(pool, name) !== undefined) {
    const message = byEmail
      ? "An account with the given email already exists."
      : "User already exists";
    throw new AwsError("UsernameExistsException", message);
  }
  assertRoom(pool, all);
  const user: User = {
    attributes: all,
    pendingEmail: undefined,
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

/**
 * Changes the address of a user; codes that were sent to the one before are no longer valid.
 * @throws AwsError when another user signs in with it.
 */
export function setEmail(pool: Pool, user: User, email: string): void {
  assertEmailIsFree(pool, user, email);
  for (const alias of aliasesOf(pool, user)) pool.aliases.delete(alias);
  user.attributes.set("email", storedEmail(pool, email));
  user.pendingEmail = undefined;
  for (const alias of aliasesOf(pool, user)) pool.aliases.set(alias, user);
  for (const purpose of user.codes.keys()) useUpCode(user, purpose);
}

/** An address as it is kept: where users sign in with it, as their names are. */
export function storedEmail(pool: Pool, email: string): string {
  return signsInByEmail(pool) ? normalizeName(pool, email) : email;
}

/** @throws AwsError when another user signs in with an address. */
export function assertEmailIsFree(pool: Pool, user: User, email: string): void {
  const holder = signsInByEmail(pool) ? findUser(pool, email) : undefined;
  if (holder === undefined || holder === user) return;
  const message = "An account with the given email already exists.";
  throw new AwsError("AliasExistsException", message);
}

/** Users of a pool, and characters of all their attributes: bounds on what unsigned callers make it hold. */
const maximumUsers = 10_000;
const maximumText = 16 * 1024 * 1024;

/** @throws AwsError LimitExceededException for a user too many; AWS has room for 40 million. */
function assertRoom(pool: Pool, added: ReadonlyMap<string, string>): void {
  if (pool.users.size >= maximumUsers) throw noRoom();
  assertRoomForText(pool, added);
}

/** @throws AwsError LimitExceededException for attributes that are too much to keep. */
export function assertRoomForText({ users }: Pool, added: ReadonlyMap<string, string>): void {
  const all = [added, ...users.values().map(({ attributes }) => attributes)];
  const text = all.flatMap((attributes) => [...attributes.values()]);
  const characters = text.reduce((sum, value) => sum + value.length, 0);
  if (characters > maximumText) throw noRoom();
}

function noRoom(): Error {
  const message = `The local cloud keeps at most ${maximumUsers} users of a pool, and ${maximumText} characters of their attributes.`;
  return new AwsError("LimitExceededException", message);
}

/** Removes a user. */
export function removeUser(pool: Pool, user: User): void {
  pool.users.delete(normalizeName(pool, user.username));
  for (const alias of aliasesOf(pool, user)) pool.aliases.delete(alias);
}

function aliasesOf(pool: Pool, user: User): string[] {
  return [user.sub, normalizeName(pool, signInName(pool, user))];
}

/** The id of a user in proofs of a password: the username, as names are compared. */
export function srpUserId(pool: Pool, username: string): string {
  return normalizeName(pool, username);
}

/** What is kept of a user's password. */
export function passwordOf(
  pool: Pool,
  { username }: Pick<User, "username">,
  password: string,
): PasswordHash {
  return hashPassword({ poolId: pool.id, userId: srpUserId(pool, username) }, password);
}

/** Whether a user who has signed in stays so: not one who is disabled, or must set another password first. */
export const staysSignedIn = ({ enabled, status }: User): boolean =>
  enabled && status !== "RESET_REQUIRED";

/** Sets a user's password, and cancels open challenges and resets. */
export function setPassword(
  pool: Pool,
  user: User,
  password: string,
  temporaryUntil: number | undefined,
): void {
  user.password = passwordOf(pool, user, password);
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
