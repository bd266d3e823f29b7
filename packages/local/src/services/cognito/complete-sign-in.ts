/** The end of a sign-in: the authenticated user, or the challenge of the second factor and the responses to it. */
import { AwsError } from "../../aws-protocol/errors.ts";
import { logActivity, type Activity } from "./activity-log.ts";
import { rejectUnknown, required, type AuthParameters } from "./auth-parameters.ts";
import { challengeOf, openChallenge } from "./challenges.ts";
import type { Context } from "./context.ts";
import { invalidParameter } from "./errors.ts";
import type { ChallengeName, Owner, SoftwareToken, User } from "./model.ts";
import { limitKey } from "./named-user.ts";
import { matchingStep, secondFactor, takeCode } from "./software-token.ts";
import { findUser } from "./users.ts";

/** Where a sign-in is: its user is authenticated, or must respond to a challenge first. */
export type SignInStep = { readonly user: User } | { readonly challenge: AskedChallenge };

/** A challenge in the API's form. */
export interface AskedChallenge {
  ChallengeName: ChallengeName;
  Session: string;
  ChallengeParameters: Readonly<Record<string, string | undefined>>;
}

/** Takes a step of a sign-in, and logs what came of it: it is open while there is a challenge. */
export const logSignIn = (
  context: Context,
  owner: Owner,
  step: Pick<Activity<SignInStep>, "name" | "challenge" | "password">,
  run: () => SignInStep,
): SignInStep =>
  logActivity(
    context,
    owner,
    { type: "SignIn", isOpen: (next) => "challenge" in next, ...step },
    run,
  );

/** Goes on after the right password: the user, or what they must do before. */
export function completeSignIn(context: Context, { pool, client }: Owner, user: User): SignInStep {
  const factor = secondFactor(pool, user);
  if (factor === undefined) return { user };
  const own =
    factor === "MFA_SETUP"
      ? { MFAS_CAN_SETUP: JSON.stringify(["SOFTWARE_TOKEN_MFA"]) }
      : { FRIENDLY_DEVICE_NAME: user.softwareToken?.friendlyName };
  const Session = openChallenge(context, client, user, factor);
  const ChallengeParameters = { USER_ID_FOR_SRP: user.username, ...own };
  return { challenge: { ChallengeName: factor, Session, ChallengeParameters } };
}

/**
 * Responds to SOFTWARE_TOKEN_MFA. A wrong code counts as a wrong password does, and the session can be
 * used again (reported: aws-amplify/amplify-swift#2615).
 * @throws AwsError for a wrong code, and for one that was used.
 */
export function respondWithCode(
  context: Context,
  owner: Owner,
  session: string | undefined,
  given: AuthParameters,
): SignInStep {
  // AWS's own client sends the code as both.
  const both = ["SOFTWARE_TOKEN_MFA_CODE", "SMS_MFA_CODE"];
  rejectUnknown(given, ["USERNAME", ...both, "SECRET_HASH"]);
  const name = required(given, "USERNAME");
  const code = required(given, "SOFTWARE_TOKEN_MFA_CODE");
  const user = findUser(owner.pool, name);
  const takes = (): boolean => {
    const open = challengeOf(context, owner, "SOFTWARE_TOKEN_MFA", session, given);
    const taken = takeCode(open.user.softwareToken, code, context.now());
    if (taken) open.close();
    return taken;
  };
  return logSignIn(context, owner, { name, challenge: "Mfa" }, () => {
    const taken = context.checkPassword(limitKey(owner.pool, user, name), takes);
    if (user === undefined || !taken) throw rejected(user?.softwareToken, code, context.now());
    return { user };
  });
}

/** Responds to MFA_SETUP with the session of the verified authenticator (documented: COGNITO-API/RespondToAuthChallenge). */
export function respondToSetUp(
  context: Context,
  owner: Owner,
  session: string | undefined,
  given: AuthParameters,
): SignInStep {
  rejectUnknown(given, ["USERNAME", "SECRET_HASH"]);
  const name = required(given, "USERNAME");
  return logSignIn(context, owner, { name, challenge: "Mfa" }, () => {
    const { user, close } = challengeOf(context, owner, "MFA_SETUP", session, given);
    if (user.softwareToken === undefined) {
      throw invalidParameter("User has not verified software token mfa");
    }
    close();
    user.totpMfa.enabled = true;
    return { user };
  });
}

/** Recorded: aws-amplify/amplify-swift, AuthSignInTOTPTests (a used code), and its error messages. */
function rejected(token: SoftwareToken | undefined, code: string, now: number): Error {
  if (token && matchingStep(token.secret, code, now) !== undefined) {
    const message = "Your software token has already been used once.";
    return new AwsError("ExpiredCodeException", message);
  }
  return new AwsError("CodeMismatchException", "Invalid code received for user");
}
