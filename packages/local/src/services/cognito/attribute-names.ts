/** The names of the attributes that every pool has. */

/** Attributes that only Cognito and administrators may write. */
export const adminOnly: ReadonlySet<string> = new Set(["email_verified", "phone_number_verified"]);

export const standard: ReadonlySet<string> = new Set([
  ...(
    "address birthdate email family_name gender given_name locale middle_name name nickname " +
    "phone_number picture preferred_username profile updated_at website zoneinfo"
  ).split(" "),
  ...adminOnly,
]);

/** Whether a client can be permitted to write an attribute. */
export function isWritable(name: string): boolean {
  return standard.has(name) && !adminOnly.has(name);
}
