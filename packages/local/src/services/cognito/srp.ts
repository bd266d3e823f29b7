/**
 * Cognito's variant of SRP-6a (RFC 5054): the 3072-bit group with generator 2, and numbers in hashes as
 * recorded in AWS's own client (aws-amplify/amplify-js, packages/amazon-cognito-identity-js, AuthenticationHelper.js).
 */
import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  getDiffieHellman,
  hkdfSync,
  publicEncrypt,
  randomBytes,
} from "node:crypto";

const prime = getDiffieHellman("modp15").getPrime();

/** The group's prime. */
export const N = numberIn(prime);
const g = 2n;
const k = hashedNumber(padded(N), padded(g));

/** Who proves that they know a password, by the name that the proof contains. */
export interface SrpIdentity {
  poolId: string;
  userId: string;
  salt: bigint;
}

/** The numbers of one proof. */
export interface Exchange {
  /** The client's public value. */
  A: bigint;
  /** The server's own value, and the public one. */
  b: bigint;
  B: bigint;
}

/** What is kept of a password: its verifier. */
export function srpVerifier({ poolId, userId, salt }: SrpIdentity, password: string): bigint {
  const inner = sha256(`${poolName(poolId)}${userId}:${password}`);
  return power(g, hashedNumber(padded(salt), inner));
}

/** Answers a client's public value. */
export function startExchange(A: bigint, verifier: bigint): Exchange {
  const b = numberIn(randomBytes(32));
  return { A, b, B: (k * verifier + power(g, b)) % N };
}

/** What a client is known by who knows the password. */
export interface Claim {
  identity: Pick<SrpIdentity, "poolId" | "userId">;
  secretBlock: Buffer;
  timestamp: string;
}

/** The signature of a client that knows the password. */
export function claimSignature({ A, b, B }: Exchange, verifier: bigint, claim: Claim): Buffer {
  const { identity, secretBlock, timestamp } = claim;
  const u = hashedNumber(padded(A), padded(B));
  const S = power((A * power(verifier, u)) % N, b);
  const key = hkdfSync("sha256", padded(S), padded(u), "Caldera Derived Key", 16);
  return createHmac("sha256", Buffer.from(key))
    .update(poolName(identity.poolId))
    .update(identity.userId)
    .update(secretBlock)
    .update(timestamp)
    .digest();
}

/** The number that bytes are, the first ones the highest. */
export function numberIn(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString("hex")}`);
}

/**
 * As RSA encrypts without padding, which takes OpenSSL a sixth of BigInt's time. Its Diffie-Hellman
 * would take seconds to check that the prime is one.
 */
function power(base: bigint, exponent: bigint): bigint {
  const jwk = {
    kty: "RSA",
    n: prime.toString("base64url"),
    e: padded(exponent).toString("base64url"),
  };
  const key = createPublicKey({ key: jwk, format: "jwk" });
  const bytes = Buffer.from(base.toString(16).padStart(prime.length * 2, "0"), "hex");
  return numberIn(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, bytes));
}

/** A number as it is hashed: in whole bytes, the first bit zero. */
function padded(value: bigint): Buffer {
  const hex = value.toString(16);
  const whole = hex.length % 2 === 1 ? `0${hex}` : hex;
  return Buffer.from(/^[89a-f]/.test(whole) ? `00${whole}` : whole, "hex");
}

function hashedNumber(...parts: Buffer[]): bigint {
  return numberIn(sha256(...parts));
}

function sha256(...parts: (Buffer | string)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** A pool's id without the Region. */
function poolName(poolId: string): string {
  return poolId.slice(poolId.indexOf("_") + 1);
}
