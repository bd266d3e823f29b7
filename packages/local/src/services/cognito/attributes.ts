/** User attributes: who may read and write them, and their representations. */
import { adminOnly, isWritable, standard } from "./attribute-names.ts";
import { invalidParameter, notAuthorized } from "./errors.ts";
import type { Client, User } from "./model.ts";

/** An attribute as the API writes it. */
export interface Attribute {
  Name: string;
  Value: string;
}

/**
 * Attributes to write, which a user gives through a client, or an administrator.
 * @throws AwsError for an attribute that the pool does not have or the writer may not write, and for a
 * value that is not valid.
 */
export function attributesFrom(
  given: readonly Attribute[],
  writer: Client | "admin",
): Map<string, string> {
  for (const { Name, Value } of given) {
    assertMayWrite(writer, Name);
    if (adminOnly.has(Name) && Value !== "true" && Value !== "false") {
      throw invalidParameter(`Attribute value for ${Name} must be a valid boolean`);
    }
    if (Name === "email" && !isEmail(Value))
      throw invalidParameter("Invalid email address format.");
  }
  return new Map(given.map(({ Name, Value }) => [Name, Value]));
}

/** @throws AwsError for an attribute that the pool does not have or the writer may not write. */
export function assertMayWrite(writer: Client | "admin", name: string): void {
  if (!standard.has(name)) {
    const what = `Type for attribute {${name}} could not be determined`;
    throw invalidParameter(`Attributes did not conform to the schema: ${what}`);
  }
  if (writer === "admin") return;
  // Documented: without a list, every attribute that users may write (COGNITO-API/CreateUserPoolClient).
  if (writer.settings.writeAttributes?.includes(name) ?? isWritable(name)) return;
  throw notAuthorized("A client attempted to write unauthorized attribute");
}

/** Whether a text looks like an e-mail address. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

/** A user's attributes as the API lists them: to a client those that it may read, and the `sub`. */
export function attributeList(
  { attributes }: Pick<User, "attributes">,
  reader?: Client,
): Attribute[] {
  const { readAttributes } = reader?.settings ?? {};
  return [...attributes]
    .filter(([name]) => name === "sub" || (readAttributes?.includes(name) ?? true))
    .map(([Name, Value]) => ({ Name, Value }));
}

/** What a client may read of a user, as claims of an ID token, `sub` aside: the verified ones are booleans. */
export function attributeClaims(
  user: Pick<User, "attributes">,
  reader: Client,
): Record<string, string | boolean> {
  const claims = attributeList(user, reader).filter(({ Name }) => Name !== "sub");
  return Object.fromEntries(
    claims.map(({ Name, Value }) => [Name, adminOnly.has(Name) ? Value === "true" : Value]),
  );
}
