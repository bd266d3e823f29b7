/** The user pools of the contract, with real RSA keys, and the tokens that they sign. */
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import * as z from "zod";
import { type UserPool, userPools } from "@secure-lambda/functions/contract";
import type { UserPoolAuth } from "../../packages/functions/src/config.ts";

/** What a token says differently from a valid one; an undefined claim is left out. */
export interface TokenChanges {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly signer?: (signingInput: string) => Buffer;
}

/** A user pool. */
export interface TestPool {
  readonly auth: UserPoolAuth;
  /** A valid ID token of the pool's user, but for `changes`. */
  readonly token: (changes?: TokenChanges) => string;
  /** Signs as the pool does. */
  readonly sign: (signingInput: string) => Buffer;
  /** The pool's public key as PEM text, which anybody can have. */
  readonly publicPem: string;
}

const publicJwk = z.object({ n: z.string(), e: z.string() });
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Makes a user pool with a key of its own. */
export function createTestPool(userPoolId: string, clientId: string, subject: string): TestPool {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const kid = `key-of-${userPoolId}`;
  const { n, e } = publicJwk.parse(publicKey.export({ format: "jwk" }));
  const signWithOwnKey = rsaSigner(privateKey);
  return {
    auth: {
      userPoolId,
      clientId,
      jwks: { keys: [{ kid, kty: "RSA", alg: "RS256", use: "sig", n, e }] },
    },
    sign: signWithOwnKey,
    publicPem: publicKey.export({ format: "pem", type: "spki" }).toString(),
    token: ({ claims, header, signer = signWithOwnKey } = {}) => {
      const now = Math.floor(Date.now() / 1_000);
      const payload = {
        sub: subject,
        aud: clientId,
        iss: `https://cognito-idp.us-east-1.amazonaws.com/${userPoolId}`,
        token_use: "id",
        "cognito:username": subject,
        email: `${subject}@example.com`,
        email_verified: true,
        auth_time: now - 60,
        iat: now - 60,
        exp: now + 3_540,
        ...claims,
      };
      const input = `${encode({ kid, alg: "RS256", ...header })}.${encode(payload)}`;
      return `${input}.${signer(input).toString("base64url")}`;
    },
  };
}

/** Signs with HMAC, as an attacker does who takes a public key for a shared secret. */
export function hmacSigner(secret: string): (signingInput: string) => Buffer {
  return (input) => createHmac("sha256", secret).update(input).digest();
}

function rsaSigner(key: KeyObject): (signingInput: string) => Buffer {
  return (input) => sign("sha256", Buffer.from(input), key);
}

const testPools = new Map(
  userPools.map((number) => [
    number,
    createTestPool(
      `us-east-1_Pool${number}AbCd`,
      `client${number}of26lowercaseletters`,
      `subject-${number}`,
    ),
  ]),
);

/** The pool of that number, with its user. */
export function poolOf(number: UserPool): TestPool {
  const pool = testPools.get(number);
  if (pool === undefined) throw new Error(`There is no user pool ${number}.`);
  return pool;
}

/** The pool of route /lambda1, with its user. */
export const pool1 = poolOf(1);

/** The pool of route /lambda2, with its user. */
export const pool2 = poolOf(2);
