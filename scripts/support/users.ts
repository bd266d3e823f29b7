/** Creates users and signs them in. */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CodeMismatchException,
  EnableSoftwareTokenMFAException,
  InitiateAuthCommand,
  NotAuthorizedException,
  UsernameExistsException,
} from "@aws-sdk/client-cognito-identity-provider";
import { CommandError } from "./command.ts";
import { promptCode } from "./prompt.ts";
import { answerChallenge, type AskCode } from "./second-factor.ts";
import type { Target } from "./target.ts";
import type { UserPool } from "./user-pools.ts";

/** The password of users in a local cloud, which keeps them in memory on this machine alone. */
export const localPassword = "Local-only-1!";

/** Creates a user whose address counts as verified and whose password is permanent. */
export async function createUser(
  { cognito }: Target,
  { userPoolId }: UserPool,
  user: { email: string; password: string },
): Promise<void> {
  const { email, password } = user;
  try {
    await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: userPoolId,
        Username: email,
        MessageAction: "SUPPRESS",
        UserAttributes: [
          { Name: "email", Value: email },
          { Name: "email_verified", Value: "true" },
        ],
      }),
    );
  } catch (cause) {
    if (!(cause instanceof UsernameExistsException)) throw cause;
    throw new CommandError(`The pool already has a user ${email}.`, { cause });
  }
  await cognito.send(
    new AdminSetUserPasswordCommand({
      UserPoolId: userPoolId,
      Username: email,
      Password: password,
      Permanent: true,
    }),
  );
}

/**
 * The user's ID token; `askCode` is asked for a one-time password where the stage requires one.
 * @throws CommandError for a wrong password or code, and for a challenge that needs a browser.
 */
export async function signIn(
  { cognito }: Target,
  { clientId }: UserPool,
  { email, password }: { email: string; password: string },
  askCode: AskCode = promptCode,
): Promise<string> {
  try {
    const { AuthenticationResult, ChallengeName, Session } = await cognito.send(
      new InitiateAuthCommand({
        AuthFlow: "USER_PASSWORD_AUTH",
        ClientId: clientId,
        AuthParameters: { USERNAME: email, PASSWORD: password },
      }),
    );
    if (AuthenticationResult?.IdToken !== undefined) return AuthenticationResult.IdToken;
    const name = ChallengeName ?? "something else";
    return await answerChallenge({ cognito, clientId, email, name, session: Session }, askCode);
  } catch (cause) {
    if (!refusals.some((refusal) => cause instanceof refusal)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(`${email} was not signed in: ${reason}`, { cause });
  }
}

/** A wrong password, a wrong code, a wrong code while an authenticator is set up. */
const refusals = [
  NotAuthorizedException,
  CodeMismatchException,
  EnableSoftwareTokenMFAException,
] as const;
