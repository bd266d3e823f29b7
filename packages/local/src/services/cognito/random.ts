/** Random ids in AWS's forms, and secrets. */
import { createHash, randomBytes, randomInt } from "node:crypto";

const lower = "abcdefghijklmnopqrstuvwxyz0123456789";
const mixed = `ABCDEFGHIJKLMNOPQRSTUVWXYZ${lower}`;

/** A user pool's id: the Region and nine letters and digits. */
export const newPoolId = (region: string): string => `${region}_${pick(mixed, 9)}`;

/** An app client's id: 26 lower-case letters and digits. */
export const newClientId = (): string => pick(lower, 26);

/** An app client's secret: 52 lower-case letters and digits. */
export const newClientSecret = (): string => pick(lower, 52);

/** A six-digit confirmation code. */
export const newCode = (): string => pick("0123456789", 6);

/** A random token. It begins with letters, since command lines take a dash for an option. */
export const newOpaqueToken = (): string => `AY${randomBytes(48).toString("base64url")}`;

/** A password that every policy accepts. */
export const newTemporaryPassword = (length: number): string =>
  `aA1!${pick(mixed, Math.max(length, 16) - 4)}`;

/** The hash by which an issued secret is stored. */
export const hashOf = (secret: string): string =>
  createHash("sha256").update(secret).digest("base64url");

function pick(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}
