/** Answers Cognito when a password does not complete a sign-in: a new password, a one-time password, its set-up. */
import {
  AssociateSoftwareTokenCommand,
  RespondToAuthChallengeCommand,
  VerifySoftwareTokenCommand,
  type CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { appName } from "@secure-lambda/functions/contract";
import * as z from "zod";
import { CommandError } from "./command-error.ts";
import { promptCode } from "./prompt.ts";

/** Where a user's one-time passwords come from. */
export interface Authenticator {
  /** The code of the one that is registered. */
  code(email: string): Promise<string>;
  /** Takes the secret of a new one, and gives its code. */
  register(email: string, secret: string): Promise<string>;
}

/**
 * Asks for what an authenticator shows. Without a terminal to ask on, @throws UsageError, which names the
 * option, and CommandError where an authenticator has to be set up, for which there is no option.
 */
export function askUser(option = "--totp"): Authenticator {
  return {
    code: (email) => promptCode(`One-time code of ${email}: `, option),
    async register(email, secret) {
      if (!process.stdin.isTTY) {
        throw new CommandError(
          `${email} has no authenticator yet. Sign in once with npm run token at a terminal: it shows what to add to one, and asks for the code.`,
        );
      }
      const label = `${appName}:${encodeURIComponent(email)}`;
      const address = `otpauth://totp/${label}?secret=${secret}&issuer=${appName}`;
      return promptCode(
        `This stage requires a one-time password. Add this to an authenticator:\n  ${address}\nThe code that it shows: `,
        option,
      );
    },
  };
}

/** A sign-in that Cognito has not completed. */
export interface Challenge {
  readonly cognito: CognitoIdentityProviderClient;
  readonly clientId: string;
  readonly email: string;
  /** The user's own name, to which the address is an alias. */
  readonly username: string;
  readonly name: string;
  readonly session: string | undefined;
  /** Asks for the password that replaces a temporary one. */
  readonly newPassword: (() => Promise<string>) | undefined;
  /** Told once that is done. */
  readonly onPasswordReplaced: (() => void) | undefined;
}

/**
 * The ID token that the answered challenge yields, if need be after another one.
 * @throws CommandError for a challenge of another kind; what Cognito answers to a wrong code.
 */
export async function answerChallenge(
  challenge: Challenge,
  authenticator: Authenticator,
): Promise<string> {
  const { email, newPassword } = challenge;
  switch (challenge.name) {
    case "NEW_PASSWORD_REQUIRED": {
      if (newPassword === undefined) {
        throw new CommandError(
          `The password of ${email} is temporary: sign in once with npm run token, which asks for another.`,
        );
      }
      const responses = { NEW_PASSWORD: await newPassword() };
      return respond(challenge, responses, authenticator);
    }
    case "SOFTWARE_TOKEN_MFA": {
      const responses = { SOFTWARE_TOKEN_MFA_CODE: await authenticator.code(email) };
      return respond(challenge, responses, authenticator);
    }
    case "MFA_SETUP": {
      const session = await setUp(challenge, authenticator);
      return respond({ ...challenge, session }, {}, authenticator);
    }
    default:
      throw new CommandError(
        `Cognito asks ${email} for ${challenge.name} first: sign in once on the login page, which a stage with callbackUrls has.`,
      );
  }
}

/** Has an authenticator registered; the session to go on with (documented: COGNITO/user-pool-settings-mfa-totp). */
async function setUp({ cognito, session, email }: Challenge, authenticator: Authenticator) {
  const { SecretCode, Session } = await cognito.send(
    new AssociateSoftwareTokenCommand({ Session: session }),
  );
  const UserCode = await authenticator.register(email, z.string().parse(SecretCode));
  const verified = await cognito.send(new VerifySoftwareTokenCommand({ Session, UserCode }));
  return verified.Session;
}

async function respond(
  challenge: Challenge,
  responses: Record<string, string>,
  authenticator: Authenticator,
): Promise<string> {
  const { cognito, clientId, username, name, session } = challenge;
  const { AuthenticationResult, ChallengeName, Session } = await cognito.send(
    new RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName: challengeNames.parse(name),
      Session: session,
      ChallengeResponses: { USERNAME: username, ...responses },
    }),
  );
  if (name === "NEW_PASSWORD_REQUIRED") challenge.onPasswordReplaced?.();
  if (ChallengeName === undefined) return z.string().parse(AuthenticationResult?.IdToken);
  return answerChallenge({ ...challenge, name: ChallengeName, session: Session }, authenticator);
}

const challengeNames = z.enum(["NEW_PASSWORD_REQUIRED", "SOFTWARE_TOKEN_MFA", "MFA_SETUP"]);
