/** OAuth scopes: what each lets a client do and read (documented: COGNITO/userinfo-endpoint, COGNITO/cognito-user-pools-define-resource-servers). */

/** Lets an access token authorize the API's operations on its user. */
export const apiScope = "aws.cognito.signin.user.admin";

const profile =
  "name family_name given_name middle_name nickname preferred_username profile picture website gender birthdate zoneinfo locale updated_at";

/** The attributes that a scope lets a client read, beside `openid`. */
const attributesOf: Readonly<Record<string, readonly string[]>> = {
  profile: profile.split(" "),
  email: ["email", "email_verified"],
  phone: ["phone_number", "phone_number_verified"],
};

/** Scopes that are granted only together with `openid`. */
export const openIdScopes: readonly string[] = Object.keys(attributesOf);

/** Of a user's claims, those that scopes let a client read: with none of the above, all. */
export function claimsInScopes<Value>(
  claims: Readonly<Record<string, Value>>,
  scopes: readonly string[],
): Record<string, Value> {
  const limiting = scopes.filter((scope) => openIdScopes.includes(scope));
  const readable = new Set(limiting.flatMap((scope) => attributesOf[scope] ?? []));
  const inScope = ([name]: readonly [string, Value]) => limiting.length === 0 || readable.has(name);
  return Object.fromEntries(Object.entries(claims).filter(inScope));
}
