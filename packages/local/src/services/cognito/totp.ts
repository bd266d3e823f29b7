/** Time-based one-time passwords (RFC 6238) with what authenticators default to: SHA-1, six digits, 30 seconds. */
import { createHmac } from "node:crypto";
import { decodeBase32 } from "./base32.ts";

/** Milliseconds. */
export const totpStepLength = 30_000;

/** The step of a time in milliseconds since 1970. */
export function totpStepAt(time: number): number {
  return Math.floor(time / totpStepLength);
}

/** The code of a step; `secret` is base32. @throws RangeError for one that is not. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", decodeBase32(secret)).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) % 16;
  const value = digest.readUInt32BE(offset) % 2 ** 31;
  return String(value % 1_000_000).padStart(6, "0");
}
