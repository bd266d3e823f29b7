/** Encrypt, Decrypt and GenerateDataKey (documented: KMS-API/Encrypt, KMS-API/GenerateDataKey). */
import * as z from "zod";
import { AwsError } from "../../../aws-protocol/errors.ts";
import { operation, type JsonOperations } from "../../../aws-protocol/json-protocol.ts";
import type { Keys } from "../keys.ts";

/** The encryption context of a call. */
export const encryptionContext = z.record(z.string(), z.string()).default({});

const keyId = z.string().min(1).max(2048);
const algorithm = z.literal("SYMMETRIC_DEFAULT").default("SYMMETRIC_DEFAULT");

/** Bytes in base64, from one to so many. */
const bytes = (most: number) =>
  z
    .base64()
    .transform((text) => Buffer.from(text, "base64"))
    .refine(({ length }) => length >= 1 && length <= most, `Must have 1 to ${most} bytes`);

const bytesOf = { AES_128: 16, AES_256: 32 };

/** The operations over `keys`, by AWS's name. */
export function cryptographicOperations(keys: Keys): JsonOperations {
  return {
    Encrypt: operation(
      z.strictObject({
        KeyId: keyId,
        Plaintext: bytes(4096),
        EncryptionContext: encryptionContext,
        EncryptionAlgorithm: algorithm,
      }),
      ({ KeyId, Plaintext, EncryptionContext, EncryptionAlgorithm }) => ({
        CiphertextBlob: keys.encrypt(KeyId, Plaintext, EncryptionContext).toString("base64"),
        KeyId: keys.find(KeyId).arn,
        EncryptionAlgorithm,
      }),
    ),

    Decrypt: operation(
      z.strictObject({
        CiphertextBlob: bytes(6144),
        KeyId: keyId.optional(),
        EncryptionContext: encryptionContext,
        EncryptionAlgorithm: algorithm,
      }),
      ({ CiphertextBlob, KeyId, EncryptionContext, EncryptionAlgorithm }) => {
        const { arn } = keys.keyOf(CiphertextBlob);
        if (KeyId !== undefined && keys.find(KeyId).arn !== arn) throw incorrectKey();
        return {
          Plaintext: keys.decrypt(CiphertextBlob, EncryptionContext).toString("base64"),
          KeyId: arn,
          EncryptionAlgorithm,
        };
      },
    ),

    GenerateDataKey: operation(
      z
        .strictObject({
          KeyId: keyId,
          EncryptionContext: encryptionContext,
          KeySpec: z.enum(["AES_128", "AES_256"]).optional(),
          NumberOfBytes: z.int().min(1).max(1024).optional(),
        })
        .refine(
          ({ KeySpec, NumberOfBytes }) => (KeySpec === undefined) !== (NumberOfBytes === undefined),
          "Please specify either number of bytes or key spec.",
        ),
      ({ KeyId, EncryptionContext, KeySpec = "AES_256", NumberOfBytes = bytesOf[KeySpec] }) => {
        const { plaintext, blob } = keys.generateDataKey(KeyId, NumberOfBytes, EncryptionContext);
        return {
          CiphertextBlob: blob.toString("base64"),
          Plaintext: plaintext.toString("base64"),
          KeyId: keys.find(KeyId).arn,
        };
      },
    ),
  };
}

function incorrectKey(): AwsError {
  const message = "The key ID in the request does not identify the key that made the ciphertext.";
  return new AwsError("IncorrectKeyException", message);
}
