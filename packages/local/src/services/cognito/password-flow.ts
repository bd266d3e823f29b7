/** The password flow, and the challenge for a temporary password. */
import { rejectUnknown, required, type AuthParameters } from "./auth-parameters.ts";
import { attributeClaims } from "./attributes.ts";
import { checkSecretHash } from "./client-secret.ts";
import type { Context } from "./context.ts";
import { invalidParameter, notAuthorized, onlyOnAws, wrongPassword } from "./errors.ts";
import { AwsError } from "../../aws-protocol/errors.ts";
import type { Client, Pool, User } from "./model.ts";
import { namedUser } from "./named-user.ts";
import { checkPolicy, passwordMatches } from "./passwords.ts";
import { hashOf, newOpaqueToken } from "./random.ts";
import { startSession } from "./tokens.ts";
import { findUser, setPassword } from "./users.ts";

/** Open challenges of a user: a bound on what the pool holds. */
const maximumChallenges = 10;

/**
 * Returns tokens, or the challenge for a temporary password. The user's status is revealed only with
 * the right password (documented for disabled users, assumed for unconfirmed ones).
 * @throws AwsError otherwise; an unknown user takes as long as a wrong password.
 */
export async function signInWithPassword(
  context: Context,
  pool: Pool,
  client: Client,
  given: AuthParameters,
): Promise<object> {
  rejectUnknown(given, ["USERNAME", "PASSWORD", "SECRET_HASH"]);
  const name = required(given, "USERNAME");
  const password = required(given, "PASSWORD");
  const hash = given["SECRET_HASH"];
  const { user, key } = namedUser({ pool, client }, name, hash, "User does not exist.");
  const correct = await context.checkPassword(key, () => {
    context.admit("InitiateAuth");
    return passwordMatches(user?.password, password);
  });
  if (user === undefined || !correct) throw wrongPassword();
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.temporaryUntil !== undefined && user.temporaryUntil <= context.now()) {
    const message = "Temporary password has expired and must be reset by an administrator.";
    throw notAuthorized(message);
  }
  if (user.status === "UNCONFIRMED") {
    throw new AwsError("UserNotConfirmedException", "User is not confirmed.");
  }
  if (user.status === "FORCE_CHANGE_PASSWORD") return challenge(context, client, user);
  return signedIn(context, pool, client, user);
}

/**
 * Responds to NEW_PASSWORD_REQUIRED: sets the password and signs the user in.
 * @throws AwsError unless the session was issued to this user through this client.
 */
export async function setNewPassword(
  context: Context,
  pool: Pool,
  client: Client,
  session: string | undefined,
  given: AuthParameters,
): Promise<object> {
  rejectUnknown(given, ["USERNAME", "NEW_PASSWORD", "SECRET_HASH"]);
  const name = required(given, "USERNAME");
  const password = required(given, "NEW_PASSWORD");
  if (session === undefined) throw invalidParameter("Missing required parameter Session");
  checkSecretHash(client, name, given["SECRET_HASH"]);
  const user = findUser(pool, name);
  const key = hashOf(session);
  const open = user?.challenges.get(key);
  // An alias does not respond to a challenge (documented: COGNITO-API/RespondToAuthChallenge); what
  // AWS answers to one is assumed.
  if (user?.username !== name || open?.clientId !== client.id) {
    throw notAuthorized("Invalid session for the user.");
  }
  if (open.expiresAt <= context.now()) {
    throw notAuthorized("Invalid session for the user, session is expired.");
  }
  if (!user.enabled) throw notAuthorized("User is disabled.");
  checkPolicy(pool.settings.passwordPolicy, password);
  user.challenges.delete(key);
  await setPassword(user, password, undefined);
  user.modifiedAt = context.now();
  return signedIn(context, pool, client, user);
}

function challenge({ now }: Context, client: Client, user: User): object {
  const session = newOpaqueToken();
  const expiresAt = now() + client.settings.authSessionValidity * 60_000;
  user.challenges.set(hashOf(session), { clientId: client.id, expiresAt });
  const [oldest] = user.challenges.keys();
  if (user.challenges.size > maximumChallenges && oldest) user.challenges.delete(oldest);
  return {
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session: session,
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: "[]",
      userAttributes: JSON.stringify(attributeClaims(user)),
    },
  };
}

async function signedIn(context: Context, pool: Pool, client: Client, user: User): Promise<object> {
  if (pool.settings.mfaConfiguration === "ON") throw onlyOnAws("MFA, which this pool requires");
  const tokens = await startSession(context, pool, client, user);
  return { AuthenticationResult: tokens, ChallengeParameters: {} };
}
