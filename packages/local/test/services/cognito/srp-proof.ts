/** Proofs of passwords, which a library makes that knows nothing of the local cloud. */
import {
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createSrpSession, signSrpSession } from "cognito-srp-helper";
import { present } from "../../support/present.ts";
import type { StartedCloud } from "../../support/test-cloud.ts";

/** A pool and its client. */
export interface SrpPool {
  readonly poolId: string;
  readonly clientId: string;
}

/** The responses that prove a password. */
export type Proof = Readonly<Record<string, string>>;

/** Begins an exchange with a client's public value. */
async function initiate(
  { clients }: StartedCloud,
  ClientId: string,
  AuthParameters: { USERNAME: string; SRP_A: string },
) {
  const output = await clients.cognito.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: "USER_SRP_AUTH", AuthParameters }),
  );
  const parameters = present(output.ChallengeParameters);
  return { members: Object.keys(output), parameters };
}

/** Signs the server's numbers, as of a time that need not be now. */
export function sign(
  session: ReturnType<typeof createSrpSession>,
  parameters: Record<string, string>,
  timestamp?: string,
) {
  const ChallengeName = "PASSWORD_VERIFIER";
  const at = timestamp ?? session.timestamp;
  const response = { ChallengeName, ChallengeParameters: parameters };
  const signed = signSrpSession({ ...session, timestamp: at }, response);
  return proofWith(parameters, signed.passwordSignature, at);
}

/** Begins an exchange and makes the proof of a password in it. */
export async function begin(
  aws: StartedCloud,
  { poolId, clientId }: SrpPool,
  USERNAME: string,
  password: string,
  timestamp?: string,
): Promise<Proof> {
  const session = createSrpSession(USERNAME, password, poolId, false);
  const { parameters } = await initiate(aws, clientId, { USERNAME, SRP_A: session.largeA });
  return sign(session, parameters, timestamp);
}

/** Begins an exchange and makes up a proof, which takes a client no time. */
export async function guess(aws: StartedCloud, { clientId }: SrpPool, USERNAME: string) {
  const begun = await initiate(aws, clientId, { USERNAME, SRP_A: "2".repeat(700) });
  const signature = Buffer.alloc(32).toString("base64");
  const proof = proofWith(begun.parameters, signature, "Wed Nov 25 12:00:00 UTC 2026");
  return { ...begun, proof };
}

function proofWith(parameters: Record<string, string>, signature: string, timestamp: string) {
  return {
    USERNAME: present(parameters["USER_ID_FOR_SRP"]),
    PASSWORD_CLAIM_SECRET_BLOCK: present(parameters["SECRET_BLOCK"]),
    PASSWORD_CLAIM_SIGNATURE: signature,
    TIMESTAMP: timestamp,
  };
}

/** Sends a proof. */
export function prove({ clients }: StartedCloud, { clientId: ClientId }: SrpPool, proof: Proof) {
  return clients.cognito.send(
    new RespondToAuthChallengeCommand({
      ClientId,
      ChallengeName: "PASSWORD_VERIFIER",
      ChallengeResponses: { ...proof },
    }),
  );
}

/** A whole sign-in by SRP. */
export async function signInBySrp(
  aws: StartedCloud,
  pool: SrpPool,
  username: string,
  password: string,
) {
  return prove(aws, pool, await begin(aws, pool, username, password));
}
