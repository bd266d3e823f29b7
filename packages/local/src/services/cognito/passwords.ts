/** Passwords: the pool's policy, and hashes in constant time for every user name. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { AwsError } from "../../aws-protocol/errors.ts";
import type { PasswordPolicy } from "./settings.ts";
import { saltOf } from "./srp-identity.ts";
import { srpVerifier } from "./srp.ts";

/** What is kept of a password: a hash, and the verifier for proofs that it is known. */
export interface PasswordHash {
  salt: Buffer;
  hash: Buffer;
  verifier: bigint;
}

const symbols = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** @throws AwsError InvalidPasswordException naming the first rule that is not met. */
export function checkPolicy(policy: PasswordPolicy, password: string): void {
  const rules: [boolean, string][] = [
    [password.length >= policy.minimumLength, "Password not long enough"],
    [password.length <= 256, "Password is too long"],
    [!policy.requireLowercase || /[a-z]/.test(password), "Password must have lowercase characters"],
    [!policy.requireUppercase || /[A-Z]/.test(password), "Password must have uppercase characters"],
    [!policy.requireNumbers || /[0-9]/.test(password), "Password must have numeric characters"],
    [!policy.requireSymbols || symbols.test(password), "Password must have symbol characters"],
  ];
  const broken = rules.find(([met]) => !met);
  if (broken !== undefined) {
    const message = `Password did not conform with policy: ${broken[1]}`;
    throw new AwsError("InvalidPasswordException", message);
  }
}

/** What is kept of the password of a user, by the id that proofs contain. */
export function hashPassword(
  { poolId, userId }: { poolId: string; userId: string },
  password: string,
): PasswordHash {
  const salt = randomBytes(16);
  const verifier = srpVerifier({ poolId, userId, salt: saltOf(poolId, userId) }, password);
  return { salt, hash: hashOf(password, salt), verifier };
}

/** Verifies a password. Without a hash (no such user) it takes the same time. */
export function passwordMatches(expected: PasswordHash | undefined, password: string): boolean {
  const { salt, hash } = expected ?? unknownUser;
  const equal = timingSafeEqual(hashOf(password, salt), hash);
  return equal && expected !== undefined;
}

const unknownUser: Omit<PasswordHash, "verifier"> = {
  salt: randomBytes(16),
  hash: randomBytes(32),
};

/** A slow hash would protect nothing: the verifier beside it is as quick to try passwords on. */
function hashOf(password: string, salt: Buffer): Buffer {
  return createHmac("sha256", salt).update(password).digest();
}
