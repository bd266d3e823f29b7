/** Authenticators of users, whose codes a library makes that knows nothing of Cognito. */
import {
  AssociateSoftwareTokenCommand,
  RespondToAuthChallengeCommand,
  VerifySoftwareTokenCommand,
  type ChallengeNameType,
} from "@aws-sdk/client-cognito-identity-provider";
import { Secret, TOTP } from "otpauth";
import { present } from "../../support/present.ts";
import type { StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";

/** Milliseconds that an authenticator shows a code. */
export const step = 30_000;

/** The code that an authenticator shows, `offset` milliseconds from now. */
export function codeOf(aws: Pick<StartedCloud, "now">, secret: string, offset = 0): string {
  const authenticator = new TOTP({ secret: Secret.fromBase32(secret) });
  return authenticator.generate({ timestamp: aws.now() + offset });
}

/** A code that an authenticator does not show around now. */
export function wrongCode(aws: Pick<StartedCloud, "now">, secret: string): string {
  const right = [-step, 0, step].map((offset) => codeOf(aws, secret, offset));
  return present(["000000", "111111", "222222", "333333"].find((code) => !right.includes(code)));
}

/** What authorizes a registration. */
export interface Authorization {
  AccessToken?: string;
  Session?: string | undefined;
}

/** The secret for an authenticator, and the session to go on with. */
export async function associate({ clients }: StartedCloud, authorization: Authorization) {
  const output = await clients.cognito.send(new AssociateSoftwareTokenCommand(authorization));
  return { secret: present(output.SecretCode), session: output.Session };
}

/** Verifies an authenticator. */
export function verify({ clients }: StartedCloud, authorization: Authorization, UserCode: string) {
  return clients.cognito.send(new VerifySoftwareTokenCommand({ ...authorization, UserCode }));
}

/** Registers an authenticator; its current code is used up. */
export async function register(aws: StartedCloud, AccessToken: string): Promise<string> {
  const { secret } = await associate(aws, { AccessToken });
  await verify(aws, { AccessToken }, codeOf(aws, secret));
  return secret;
}

/** A challenge, as the client has it. */
export interface Challenge {
  readonly name: ChallengeNameType | undefined;
  readonly username: string;
  readonly session: string | undefined;
}

/** Signs in with a password up to the challenge. */
export async function challenge(aws: StartedCloud, clientId: string, email: string) {
  const output = await fixtures.initiate(aws, clientId, {
    USERNAME: email,
    PASSWORD: fixtures.password,
  });
  return challengeIn(output);
}

/** The challenge that a response has. */
export function challengeIn(output: {
  ChallengeName?: ChallengeNameType | undefined;
  ChallengeParameters?: Record<string, string> | undefined;
  Session?: string | undefined;
}): Challenge {
  return {
    name: output.ChallengeName,
    username: present(output.ChallengeParameters?.["USER_ID_FOR_SRP"]),
    session: output.Session,
  };
}

/** Responds to a challenge. */
export function respond(
  { clients }: StartedCloud,
  ClientId: string,
  { name, username: USERNAME, session: Session }: Challenge,
  responses: Record<string, string> = {},
) {
  return clients.cognito.send(
    new RespondToAuthChallengeCommand({
      ClientId,
      ChallengeName: name,
      Session,
      ChallengeResponses: { USERNAME, ...responses },
    }),
  );
}

/** Responds with a code. */
export function respondWithCode(
  aws: StartedCloud,
  clientId: string,
  given: Challenge,
  code: string,
) {
  return respond(aws, clientId, given, { SOFTWARE_TOKEN_MFA_CODE: code });
}

/** A user of a pool that requires MFA, with an authenticator of which no near code is used. */
export async function createEnrolledUser(
  aws: StartedCloud,
  { poolId, clientId }: { poolId: string; clientId: string },
  email: string,
): Promise<string> {
  await fixtures.createUser(aws, poolId, email);
  const setUp = await challenge(aws, clientId, email);
  const { secret, session: Session } = await associate(aws, { Session: setUp.session });
  await verify(aws, { Session }, codeOf(aws, secret));
  aws.advance(2 * step);
  return secret;
}
