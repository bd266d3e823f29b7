/** Creates users and signs them in. */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  InitiateAuthCommand,
  NotAuthorizedException,
  UsernameExistsException,
} from "@aws-sdk/client-cognito-identity-provider";
import { CommandError } from "./command.ts";
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

/** The user's ID token. @throws CommandError for a wrong password or a challenge. */
export async function signIn(
  { cognito }: Target,
  { clientId }: UserPool,
  user: { email: string; password: string },
): Promise<string> {
  try {
    const { AuthenticationResult, ChallengeName } = await cognito.send(
      new InitiateAuthCommand({
        AuthFlow: "USER_PASSWORD_AUTH",
        ClientId: clientId,
        AuthParameters: { USERNAME: user.email, PASSWORD: user.password },
      }),
    );
    if (AuthenticationResult?.IdToken !== undefined) return AuthenticationResult.IdToken;
    throw new CommandError(
      `Cognito asks ${user.email} for ${ChallengeName ?? "something else"} first: sign in once on the hosted login page.`,
    );
  } catch (cause) {
    if (!(cause instanceof NotAuthorizedException)) throw cause;
    throw new CommandError(`${user.email} was not signed in: ${cause.message}`, { cause });
  }
}
