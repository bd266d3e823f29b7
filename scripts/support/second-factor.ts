/** Answers Cognito when it asks for a one-time password, or has it set up at the first sign-in. */
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

/** Asks for what an authenticator shows. @throws UsageError, which names the option, without a terminal to ask on. */
export function askUser(option = "--totp"): Authenticator {
  return {
    code: (email) => promptCode(`One-time code of ${email}: `, option),
    register(email, secret) {
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
}

/**
 * The ID token that the answered challenge yields.
 * @throws CommandError for a challenge of another kind; what Cognito answers to a wrong code.
 */
export async function answerChallenge(
  challenge: Challenge,
  authenticator: Authenticator,
): Promise<string> {
  switch (challenge.name) {
    case "SOFTWARE_TOKEN_MFA": {
      const code = await authenticator.code(challenge.email);
      return respond(challenge, { SOFTWARE_TOKEN_MFA_CODE: code });
    }
    case "MFA_SETUP":
      return respond({ ...challenge, session: await setUp(challenge, authenticator) }, {});
    default:
      throw new CommandError(
        `Cognito asks ${challenge.email} for ${challenge.name} first: sign in once on the login page, which a stage with callbackUrls has.`,
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

async function respond(challenge: Challenge, responses: Record<string, string>): Promise<string> {
  const { cognito, clientId, username, name, session } = challenge;
  const { AuthenticationResult } = await cognito.send(
    new RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName: z.enum(["SOFTWARE_TOKEN_MFA", "MFA_SETUP"]).parse(name),
      Session: session,
      ChallengeResponses: { USERNAME: username, ...responses },
    }),
  );
  return z.string().parse(AuthenticationResult?.IdToken);
}
