/** The password flow, and the challenge for a temporary password. */
import { rejectUnknown, required, type AuthParameters } from "./auth-parameters.ts";
import { attributeClaims } from "./attributes.ts";
import { challengeOf, openChallenge } from "./challenges.ts";
import { completeSignIn, logSignIn, type SignInStep } from "./complete-sign-in.ts";
import type { Context } from "./context.ts";
import { notAuthorized, passwordResetRequired, wrongPassword } from "./errors.ts";
import { AwsError } from "../../aws-protocol/errors.ts";
import type { Client, Owner, User } from "./model.ts";
import { namedUser } from "./named-user.ts";
import { passwordMatches } from "./passwords.ts";
import { secondFactor } from "./software-token.ts";
import { checkNewPassword, refuseCompromised } from "./threat-protection.ts";
import { setPassword } from "./users.ts";

/**
 * Returns the user, or the challenge for a temporary password or a second factor. The user's status is
 * revealed only with the right password (documented for disabled users, assumed for unconfirmed ones).
 * @throws AwsError otherwise; an unknown user takes as long as a wrong password.
 */
export function signInWithPassword(
  context: Context,
  owner: Owner,
  given: AuthParameters,
): SignInStep {
  rejectUnknown(given, ["USERNAME", "PASSWORD", "SECRET_HASH"]);
  const name = required(given, "USERNAME");
  const password = required(given, "PASSWORD");
  const hash = given["SECRET_HASH"];
  const { user, key } = namedUser(owner, name, hash, "User does not exist.");
  const matches = () => {
    context.admit("InitiateAuth");
    return passwordMatches(user?.password, password);
  };
  return logSignIn(context, owner, { name, challenge: "Password", password }, () => {
    const signsIn = user === undefined || secondFactor(owner.pool, user) !== "SOFTWARE_TOKEN_MFA";
    const correct = context.checkPassword(key, matches, signsIn);
    if (user === undefined || !correct) throw wrongPassword();
    refuseCompromised(context.now(), owner, user, password);
    return goOnAfterPassword(context, owner, user);
  });
}

/**
 * The user or the next challenge, for a user whose password is right.
 * @throws AwsError for one who cannot sign in.
 */
export function goOnAfterPassword(context: Context, owner: Owner, user: User): SignInStep {
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.temporaryUntil !== undefined && user.temporaryUntil <= context.now()) {
    const message = "Temporary password has expired and must be reset by an administrator.";
    throw notAuthorized(message);
  }
  if (user.status === "UNCONFIRMED") {
    throw new AwsError("UserNotConfirmedException", "User is not confirmed.");
  }
  if (user.status === "RESET_REQUIRED") throw passwordResetRequired();
  if (user.status === "FORCE_CHANGE_PASSWORD") return askForPassword(context, owner.client, user);
  return completeSignIn(context, owner, user);
}

/**
 * Responds to NEW_PASSWORD_REQUIRED: sets the password and goes on.
 * @throws AwsError unless the session was issued to this user through this client.
 */
export function setNewPassword(
  context: Context,
  owner: Owner,
  session: string | undefined,
  given: AuthParameters,
): SignInStep {
  rejectUnknown(given, ["USERNAME", "NEW_PASSWORD", "SECRET_HASH"]);
  const [name, password] = [required(given, "USERNAME"), required(given, "NEW_PASSWORD")];
  return logSignIn(context, owner, { name, challenge: "Password", password }, () => {
    const { user, close } = challengeOf(context, owner, "NEW_PASSWORD_REQUIRED", session, given);
    checkNewPassword(owner, "PASSWORD_CHANGE", password);
    close();
    setPassword(owner.pool, user, password, undefined);
    user.modifiedAt = context.now();
    return completeSignIn(context, owner, user);
  });
}

function askForPassword(context: Context, client: Client, user: User): SignInStep {
  const ChallengeName = "NEW_PASSWORD_REQUIRED";
  const Session = openChallenge(context, client, user, ChallengeName);
  const ChallengeParameters = {
    USER_ID_FOR_SRP: user.username,
    requiredAttributes: "[]",
    userAttributes: JSON.stringify(attributeClaims(user, client)),
  };
  return { challenge: { ChallengeName, Session, ChallengeParameters } };
}
