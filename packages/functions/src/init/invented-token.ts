/** A token that no check accepts, and that every check must look at to the end. */
import { CognitoJwtVerifier } from "aws-jwt-verify";
import type { RouteAuth } from "../config.ts";

const SIGNATURE_BYTES = 256;

/** Makes a token that names the pool and a key of it, with a signature of zeros: refused by the signature. */
export function inventToken({ userPoolId, jwks }: RouteAuth): string {
  const header = { alg: "RS256", kid: jwks.keys[0]?.kid };
  const { issuer } = CognitoJwtVerifier.parseUserPoolId(userPoolId);
  const signature = Buffer.alloc(SIGNATURE_BYTES).toString("base64url");
  return `${encode(header)}.${encode({ iss: issuer })}.${signature}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
