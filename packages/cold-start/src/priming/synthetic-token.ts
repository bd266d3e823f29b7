/** A synthetic token: every verifier refuses it, after all of its work. */
import { CognitoJwtVerifier } from "aws-jwt-verify";
import type { UserPoolAuth } from "@secure-lambda/functions/config";

const SIGNATURE_BYTES = 256;

/** Creates a token that names the pool and a key of it, with a signature of zeros: refused by the signature. */
export function createSyntheticToken({ userPoolId, jwks }: UserPoolAuth): string {
  const header = { alg: "RS256", kid: jwks.keys[0]?.kid };
  const { issuer } = CognitoJwtVerifier.parseUserPoolId(userPoolId);
  const signature = Buffer.alloc(SIGNATURE_BYTES).toString("base64url");
  return `${encode(header)}.${encode({ iss: issuer })}.${signature}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
