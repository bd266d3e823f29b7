/** InitiateAuth and RespondToAuthChallenge, with their Admin counterparts. */
import * as z from "zod";
import { operation, type JsonOperations } from "../../aws-protocol/json-protocol.ts";
import type { AuthParameters } from "./auth-parameters.ts";
import { respondToSetUp, respondWithCode, type SignInStep } from "./complete-sign-in.ts";
import { clientId, ignoredOfAdmin, ignoredOfUser, userPoolId, type Context } from "./context.ts";
import { invalidParameter, onlyOnAws } from "./errors.ts";
import type { Client, Owner } from "./model.ts";
import { clientOf } from "./pools.ts";
import { setNewPassword, signInWithPassword } from "./password-flow.ts";
import { refresh } from "./refresh-flow.ts";
import { respondToVerifier, startSrp } from "./srp-flow.ts";
import { startSession } from "./tokens.ts";

type PasswordFlow = "USER_PASSWORD_AUTH" | "ADMIN_USER_PASSWORD_AUTH";
interface Initiation {
  AuthFlow: string;
  AuthParameters: AuthParameters;
}
interface ChallengeResponse {
  ChallengeName: string;
  Session?: string | undefined;
  ChallengeResponses: AuthParameters;
}

const initiation = {
  ClientId: clientId,
  AuthFlow: z.string(),
  AuthParameters: z.record(z.string(), z.string()).default({}),
};
const challengeResponse = {
  ClientId: clientId,
  ChallengeName: z.string(),
  Session: z.string().optional(),
  ChallengeResponses: z.record(z.string(), z.string()).default({}),
};

/** The operations that begin and complete a sign-in. */
export function signInOperations(context: Context): JsonOperations {
  const { pools } = context;

  /** Tokens for the user, or the challenge. */
  async function answer(owner: Owner, step: SignInStep): Promise<object> {
    if ("challenge" in step) return step.challenge;
    const AuthenticationResult = await startSession(context, owner, step.user);
    return { AuthenticationResult, ChallengeParameters: {} };
  }

  async function initiate(owner: Owner, input: Initiation, passwordFlow: PasswordFlow) {
    const { client } = owner;
    const flow = input.AuthFlow === "REFRESH_TOKEN" ? "REFRESH_TOKEN_AUTH" : input.AuthFlow;
    switch (flow) {
      case "REFRESH_TOKEN_AUTH":
        requireFlow(client, flow);
        return refresh(context, owner, input.AuthParameters);
      case "USER_SRP_AUTH":
        requireFlow(client, flow);
        return startSrp(context, owner, input.AuthParameters);
      case passwordFlow:
        requireFlow(client, flow);
        return answer(owner, signInWithPassword(context, owner, input.AuthParameters));
      case "USER_PASSWORD_AUTH":
      case "ADMIN_USER_PASSWORD_AUTH":
        // The password flow of the other operation (reported by users of both).
        throw invalidParameter("Initiate Auth method not supported.");
      default:
        throw onlyOnAws(`auth flow ${flow}`);
    }
  }

  function ownerOf(input: { UserPoolId: string; ClientId: string }): Owner {
    const pool = pools.pool(input.UserPoolId);
    return { pool, client: clientOf(pool, input.ClientId) };
  }

  return {
    InitiateAuth: operation(z.strictObject({ ...initiation, ...ignoredOfUser }), (input) =>
      initiate(pools.byClient(input.ClientId), input, "USER_PASSWORD_AUTH"),
    ),
    AdminInitiateAuth: operation(
      z.strictObject({ UserPoolId: userPoolId, ...initiation, ...ignoredOfAdmin }),
      (input) => initiate(ownerOf(input), input, "ADMIN_USER_PASSWORD_AUTH"),
    ),
    RespondToAuthChallenge: operation(
      z.strictObject({ ...challengeResponse, ...ignoredOfUser }),
      async (input) => {
        const owner = pools.byClient(input.ClientId);
        return answer(owner, respondToChallenge(context, owner, input));
      },
    ),
    AdminRespondToAuthChallenge: operation(
      z.strictObject({ UserPoolId: userPoolId, ...challengeResponse, ...ignoredOfAdmin }),
      async (input) => {
        const owner = ownerOf(input);
        return answer(owner, respondToChallenge(context, owner, input));
      },
    ),
  };
}

/** Goes on with a sign-in by the response to a challenge. @throws AwsError for a wrong one. */
export function respondToChallenge(
  context: Context,
  owner: Owner,
  input: ChallengeResponse,
): SignInStep {
  const { ChallengeName: challenge, Session: session, ChallengeResponses: given } = input;
  switch (challenge) {
    case "PASSWORD_VERIFIER":
      return respondToVerifier(context, owner, given);
    case "NEW_PASSWORD_REQUIRED":
      context.admit("NEW_PASSWORD_REQUIRED");
      return setNewPassword(context, owner, session, given);
    case "SOFTWARE_TOKEN_MFA":
      context.admit("RespondToAuthChallenge");
      return respondWithCode(context, owner, session, given);
    case "MFA_SETUP":
      context.admit("RespondToAuthChallenge");
      return respondToSetUp(context, owner, session, given);
    default:
      throw onlyOnAws(`challenge ${challenge}`);
  }
}

/** @throws AwsError unless the client's settings allow a flow. */
function requireFlow(
  { settings }: Client,
  flow: PasswordFlow | "USER_SRP_AUTH" | "REFRESH_TOKEN_AUTH",
): void {
  if (settings.explicitAuthFlows.includes(`ALLOW_${flow}`)) return;
  throw invalidParameter(`${flow} flow not enabled for this client`);
}
