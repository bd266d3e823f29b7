/** The steps of a sign-in in the console: the password, a new one for a temporary one, the authenticator. */
import { AwsError } from "../aws-protocol/errors.ts";
import { secretHash } from "../services/cognito/client-secret.ts";
import type { SignInStep } from "../services/cognito/complete-sign-in.ts";
import type { Context } from "../services/cognito/context.ts";
import { associateSoftwareToken, verifySoftwareToken } from "../services/cognito/mfa.ts";
import type { Owner } from "../services/cognito/model.ts";
import { signInWithPassword } from "../services/cognito/password-flow.ts";
import { respondToChallenge } from "../services/cognito/sign-in.ts";
import { startSession } from "../services/cognito/tokens.ts";
import { requireUser } from "../services/cognito/users.ts";
import { ApiProblem } from "./problem.ts";
import type { SignedIn } from "./sign-in-view.ts";

interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly newPassword?: string | undefined;
  readonly code?: string | undefined;
}

interface Registration {
  readonly username: string;
  readonly session: string;
  readonly code?: string | undefined;
}

/** Signs a user in. @throws AwsError for what Cognito refuses; ApiProblem for what is missing. */
export function signIn(context: Context, owner: Owner, given: Credentials): Promise<SignedIn> {
  const { username, password } = given;
  const named = naming(owner, username);
  return goOn(
    context,
    owner,
    signInWithPassword(context, owner, { ...named, PASSWORD: password }),
    given,
  );
}

/** Registers the authenticator of a sign-in, and completes it. @throws AwsError for a wrong code. */
export async function register(
  context: Context,
  owner: Owner,
  { username, session, code }: Registration,
): Promise<SignedIn> {
  const UserCode = required(code, "Send the code that the new authenticator shows.");
  const verified = await verifySoftwareToken(context, { Session: session, UserCode });
  const step = respondToChallenge(context, owner, {
    ChallengeName: "MFA_SETUP",
    Session: verified.Session,
    ChallengeResponses: naming(owner, requireUser(owner.pool, username).username),
  });
  return goOn(context, owner, step, {});
}

/** Goes on with what is given, until there is a token or an authenticator is to be registered. */
async function goOn(
  context: Context,
  owner: Owner,
  step: SignInStep,
  given: Pick<Credentials, "newPassword" | "code"> & { readonly isPasswordReplaced?: boolean },
): Promise<SignedIn> {
  if ("user" in step) return signedIn(await startSession(context, owner, step.user));
  const { ChallengeName, Session, ChallengeParameters } = step.challenge;
  const respond = (response: Record<string, string>) => {
    // An alias does not respond to a challenge.
    const named = naming(owner, ChallengeParameters["USER_ID_FOR_SRP"] ?? "");
    const ChallengeResponses = { ...named, ...response };
    return respondToChallenge(context, owner, { ChallengeName, Session, ChallengeResponses });
  };
  if (ChallengeName === "NEW_PASSWORD_REQUIRED") {
    const missing = "The password is temporary: send a new one with it.";
    const next = respond({ NEW_PASSWORD: required(given.newPassword, missing) });
    try {
      return await goOn(context, owner, next, { ...given, isPasswordReplaced: true });
    } catch (error) {
      throw afterReplacement(error);
    }
  }
  if (ChallengeName === "SOFTWARE_TOKEN_MFA") {
    const missing = "The user has an authenticator: send its code.";
    const code = required(given.code, missing);
    return goOn(context, owner, respond({ SOFTWARE_TOKEN_MFA_CODE: code }), given);
  }
  const associated = await associateSoftwareToken(context, { Session });
  return {
    authenticator: {
      secret: associated.SecretCode,
      session: associated.Session ?? "",
      isPasswordReplaced: given.isPasswordReplaced ?? false,
    },
  };
}

/** What ended a sign-in that had replaced the password: another try needs the new one. */
function afterReplacement(error: unknown): unknown {
  if (!(error instanceof AwsError || error instanceof ApiProblem)) return error;
  const text = `${error.message.replace(/\.?$/, ".")} The new password is set: sign in with it.`;
  return error instanceof AwsError
    ? new AwsError(error.code, text)
    : new ApiProblem(error.status, text);
}

/** The result of issued tokens. @throws ApiProblem without an ID token. */
export function signedIn({ IdToken }: { readonly IdToken?: string | undefined }): SignedIn {
  return { idToken: required(IdToken, "Cognito issued no ID token.") };
}

/** How a user is named to a client, which may have a secret. */
function naming({ client: { secret, id } }: Owner, username: string): Record<string, string> {
  return {
    USERNAME: username,
    ...(secret !== undefined && { SECRET_HASH: secretHash({ secret, id }, username) }),
  };
}

function required(value: string | undefined, missing: string): string {
  if (value === undefined) throw new ApiProblem(409, missing);
  return value;
}
