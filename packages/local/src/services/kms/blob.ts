/** A ciphertext of KMS: it names its key, so that a caller need not (AWS's own form is not documented). */
import { invalidCiphertext } from "./errors.ts";

const version = 1;
const headBytes = 1 + 16;

/** The blob of bytes that the key with this id encrypted. */
export function blobOf(keyId: string, encrypted: Buffer): Buffer {
  const id = Buffer.from(keyId.replaceAll("-", ""), "hex");
  return Buffer.concat([Buffer.of(version), id, encrypted]);
}

/** What a blob holds. @throws AwsError for bytes that are no blob */
export function readBlob(blob: Buffer): { keyId: string; encrypted: Buffer } {
  if (blob.length < headBytes || blob[0] !== version) throw invalidCiphertext();
  const keyId = blob
    .toString("hex", 1, headBytes)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { keyId, encrypted: blob.subarray(headBytes) };
}
