/** User attributes: the standard ones, who may write them, and their representations. */
import { invalidParameter, notAuthorized } from "./errors.ts";
import type { User } from "./model.ts";

/** An attribute as the API writes it. */
export interface Attribute {
  Name: string;
  Value: string;
}

const standard = new Set(
  (
    "address birthdate email email_verified family_name gender given_name locale middle_name name " +
    "nickname phone_number phone_number_verified picture preferred_username profile updated_at " +
    "website zoneinfo"
  ).split(" "),
);

/** Attributes that only Cognito and administrators may write. */
const adminOnly = new Set(["email_verified", "phone_number_verified"]);

/**
 * The attributes of a new user.
 * @throws AwsError for an attribute that the pool does not have or the writer may not write.
 */
export function attributesFrom(
  given: readonly Attribute[],
  writer: "user" | "admin",
): Map<string, string> {
  for (const { Name, Value } of given) {
    if (!standard.has(Name)) {
      const what = `Type for attribute {${Name}} could not be determined`;
      throw invalidParameter(`Attributes did not conform to the schema: ${what}`);
    }
    if (writer === "user" && adminOnly.has(Name)) {
      throw notAuthorized("A client attempted to write unauthorized attribute");
    }
    if (adminOnly.has(Name) && Value !== "true" && Value !== "false") {
      throw invalidParameter(`Attribute value for ${Name} must be a valid boolean`);
    }
    if (Name === "email" && !isEmail(Value))
      throw invalidParameter("Invalid email address format.");
  }
  return new Map(given.map(({ Name, Value }) => [Name, Value]));
}

/** Whether a text looks like an e-mail address. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

/** A user's attributes as the API lists them. */
export function attributeList({ attributes }: User): Attribute[] {
  return [...attributes].map(([Name, Value]) => ({ Name, Value }));
}

/** A user's attributes as claims of an ID token, `sub` aside: the verified ones are booleans. */
export function attributeClaims({ attributes }: User): Record<string, string | boolean> {
  const claims = [...attributes].filter(([name]) => name !== "sub");
  return Object.fromEntries(
    claims.map(([name, value]) => [name, adminOnly.has(name) ? value === "true" : value]),
  );
}
