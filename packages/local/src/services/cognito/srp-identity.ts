/** What proofs of passwords contain of users and, made up by keyed hashes, of names that nobody has. */
import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { numberIn } from "./srp.ts";

const key = randomBytes(32);

/** The salt of a user id, always the same: it tells neither users nor new passwords. */
export function saltOf(poolId: string, userId: string): bigint {
  return numberIn(hashed("salt", poolId, userId).subarray(0, 16));
}

/** The user id of a name that nobody has: a UUID, always the same (documented: COGNITO/cognito-user-pool-managing-errors). */
export function simulatedUserId(poolId: string, name: string): string {
  const hex = hashed("user", poolId, name).toString("hex");
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A verifier that no password has. */
export function simulatedVerifier(poolId: string, userId: string): bigint {
  const bytes = hkdfSync("sha512", key, poolId, userId, 383);
  return numberIn(Buffer.from(bytes));
}

function hashed(purpose: string, poolId: string, name: string): Buffer {
  return createHmac("sha256", key).update(`${purpose} ${poolId} ${name}`).digest();
}
