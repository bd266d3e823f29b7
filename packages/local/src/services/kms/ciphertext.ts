/**
 * Encryption with AES-256-GCM, bound to an encryption context as additional authenticated data, in
 * which the order does not count (documented: KMS/encrypt_context).
 */
import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";
import { randomBytes } from "../../memory/random-bytes.ts";
import { invalidCiphertext } from "./errors.ts";

/** Names and values that a ciphertext is bound to; they are no secrets. */
export type EncryptionContext = Readonly<Record<string, string>>;

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = nonceBytes + tagBytes;

/** Encrypts bytes: a nonce, a tag, and what is encrypted. */
export function encrypt(
  material: KeyObject,
  plaintext: Buffer,
  context: EncryptionContext,
): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, material, nonce);
  cipher.setAAD(authenticated(context));
  const encrypted = [cipher.update(plaintext), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...encrypted]);
}

/** Decrypts them. @throws AwsError unless they are unchanged, and the context is the same */
export function decrypt(material: KeyObject, bytes: Buffer, context: EncryptionContext): Buffer {
  if (bytes.length < headBytes) throw invalidCiphertext();
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv(algorithm, material, nonce, { authTagLength: tagBytes });
  decipher.setAAD(authenticated(context));
  decipher.setAuthTag(bytes.subarray(nonceBytes, headBytes));
  const decrypted = decipher.update(bytes.subarray(headBytes));
  try {
    return Buffer.concat([decrypted, decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}

function authenticated(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Buffer.from(JSON.stringify(pairs));
}
