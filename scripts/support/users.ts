/** Creates and deletes users, and signs them in. */
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
  CodeMismatchException,
  EnableSoftwareTokenMFAException,
  ExpiredCodeException,
  InvalidPasswordException,
  NotAuthorizedException,
  PasswordResetRequiredException,
  UsernameExistsException,
  UserNotFoundException,
  type AdminCreateUserCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { messageOf } from "@secure-lambda/local/command-line";
import { settingsFor } from "../../stacks/settings/settings.ts";
import { CommandError } from "./command-error.ts";
import { answerChallenge, askUser, type Authenticator } from "./second-factor.ts";
import { signInBySrp } from "./srp-sign-in.ts";
import type { Target } from "./target.ts";
import type { UserPool } from "./user-pools.ts";

/** The password of users in a local cloud, which keeps them only in memory on this machine. */
export const localPassword = "Local-only-14!";

/**
 * Creates a user whose e-mail address counts as verified and whose password is permanent. One whose
 * password is not taken is deleted again.
 * @throws CommandError for a user that exists and a password that is not taken; it says so when a
 * user without a password is left.
 */
export async function createUser(
  target: Target,
  pool: UserPool,
  user: { email: string; password: string },
): Promise<void> {
  const { cognito } = target;
  const { userPoolId } = pool;
  const { email, password } = user;
  await addUser(target, pool, email, { MessageAction: "SUPPRESS" });
  try {
    await cognito.send(
      new AdminSetUserPasswordCommand({
        UserPoolId: userPoolId,
        Username: email,
        Password: password,
        Permanent: true,
      }),
    );
  } catch (cause) {
    await deleteHalfMade(target, pool, email, cause);
    throw new CommandError(`${email} was not created: ${messageOf(cause)}`, { cause });
  }
}

/**
 * Creates a user whom Cognito mails a temporary password, for the first sign-in on the login page.
 * @throws CommandError for a stage without login pages and for a user that exists.
 */
export async function inviteUser(target: Target, pool: UserPool, email: string): Promise<void> {
  if (settingsFor(target.stage).callbackUrls.length === 0) {
    throw new CommandError(
      `Stage "${target.stage}" has no login page, where ${email} would choose a password. Name a page in its callbackUrls (stacks/settings/stages.ts) and deploy it again, or leave out --invite to set a password here.`,
    );
  }
  await addUser(target, pool, email, { DesiredDeliveryMediums: ["EMAIL"] });
}

async function addUser(
  { cognito, stage }: Target,
  { userPoolId, number }: UserPool,
  email: string,
  mail: Pick<AdminCreateUserCommandInput, "DesiredDeliveryMediums" | "MessageAction">,
): Promise<void> {
  try {
    await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: userPoolId,
        Username: email,
        UserAttributes: [
          { Name: "email", Value: email },
          { Name: "email_verified", Value: "true" },
        ],
        ...mail,
      }),
    );
  } catch (cause) {
    if (!(cause instanceof UsernameExistsException)) throw cause;
    throw new CommandError(`Pool ${number} of stage "${stage}" already has a user ${email}.`, {
      cause,
    });
  }
}

/** Deletes a user. @throws CommandError when the pool has no such user. */
export async function deleteUser(
  { cognito, stage }: Target,
  { userPoolId, number }: UserPool,
  email: string,
): Promise<void> {
  try {
    await cognito.send(new AdminDeleteUserCommand({ UserPoolId: userPoolId, Username: email }));
  } catch (cause) {
    if (!(cause instanceof UserNotFoundException)) throw cause;
    throw new CommandError(`Pool ${number} of stage "${stage}" has no user ${email}.`, { cause });
  }
}

/** @throws CommandError, with both causes, when the user could not be deleted either. */
async function deleteHalfMade(target: Target, pool: UserPool, email: string, reason: unknown) {
  try {
    await deleteUser(target, pool, email);
  } catch (error) {
    throw new CommandError(
      `${email} was created without a password (${messageOf(reason)}) and could not be deleted again (${messageOf(error)}). Delete the user:\n  npm run user -- delete ${email} --pool ${pool.number}`,
      { cause: new AggregateError([reason, error]) },
    );
  }
}

/** Who signs in. */
export interface SigningUser {
  readonly email: string;
  readonly password: string;
  /** Asks for the password that replaces a temporary one; without it that is refused. */
  readonly newPassword?: () => Promise<string>;
  /** Told once Cognito has taken it: whatever ends the sign-in after that, the temporary one is gone. */
  readonly onPasswordReplaced?: () => void;
}

/**
 * The user's ID token, with a one-time password of `authenticator` if the stage requires one.
 * @throws CommandError for a wrong password or code, and for a challenge that needs a browser.
 */
export async function signIn(
  { cognito }: Target,
  pool: UserPool,
  user: SigningUser,
  authenticator: Authenticator = askUser(),
): Promise<string> {
  const { email, newPassword, onPasswordReplaced } = user;
  try {
    const { AuthenticationResult, ChallengeName, ChallengeParameters, Session } = await signInBySrp(
      cognito,
      pool,
      user,
    );
    if (AuthenticationResult?.IdToken !== undefined) return AuthenticationResult.IdToken;
    const challenge = {
      cognito,
      clientId: pool.clientId,
      email,
      // Documented: COGNITO-API/RespondToAuthChallenge wants this name and not an alias.
      username: ChallengeParameters?.["USER_ID_FOR_SRP"] ?? email,
      name: ChallengeName ?? "something else",
      session: Session,
      newPassword,
      onPasswordReplaced,
    };
    return await answerChallenge(challenge, authenticator);
  } catch (cause) {
    if (!signInErrors.some((type) => cause instanceof type)) throw cause;
    throw new CommandError(`${email} was not signed in: ${messageOf(cause)}`, { cause });
  }
}

/**
 * A wrong password, one that was reset, and a new one that is not taken; a wrong code, one that was used, and
 * a wrong one while an authenticator is set up.
 */
const signInErrors = [
  NotAuthorizedException,
  PasswordResetRequiredException,
  InvalidPasswordException,
  CodeMismatchException,
  ExpiredCodeException,
  EnableSoftwareTokenMFAException,
] as const;
