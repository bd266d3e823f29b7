/** Signs in without sending the password: by SRP, whose numbers a library computes. */
import {
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  type CognitoIdentityProviderClient,
  type InitiateAuthCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { UserPool } from "./user-pools.ts";

/**
 * What Cognito answers to the proof of a password: tokens, or another challenge.
 * @throws NotAuthorizedException for a wrong password
 */
export async function signInBySrp(
  cognito: CognitoIdentityProviderClient,
  { userPoolId, clientId: ClientId }: UserPool,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<InitiateAuthCommandOutput> {
  await import("./quick-jsbn.ts");
  const { createSrpSession, signSrpSession } = await import("cognito-srp-helper");
  const session = createSrpSession(email, password, userPoolId, false);
  const AuthParameters = { USERNAME: email, SRP_A: session.largeA };
  const begun = await cognito.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: "USER_SRP_AUTH", AuthParameters }),
  );
  const { ChallengeName, ChallengeParameters = {}, Session } = begun;
  if (ChallengeName !== "PASSWORD_VERIFIER") return begun;
  const { passwordSignature, timestamp } = signSrpSession(session, {
    ChallengeName,
    ChallengeParameters,
  });
  return cognito.send(
    new RespondToAuthChallengeCommand({
      ClientId,
      ChallengeName,
      Session,
      ChallengeResponses: {
        // The name that the proof is made for, to which the address is an alias.
        USERNAME: ChallengeParameters["USER_ID_FOR_SRP"] ?? email,
        PASSWORD_CLAIM_SECRET_BLOCK: ChallengeParameters["SECRET_BLOCK"] ?? "",
        PASSWORD_CLAIM_SIGNATURE: passwordSignature,
        TIMESTAMP: timestamp,
      },
    }),
  );
}
