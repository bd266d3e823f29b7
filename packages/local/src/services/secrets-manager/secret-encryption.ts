/**
 * Encryption of secret values with a key of KMS: a data key for each value, used for the caller, with
 * the secret and its version as the context (documented: SECRETS/security-encryption).
 */
import { AwsError } from "../../aws-protocol/errors.ts";
import type { Principal } from "../iam/principal.ts";
import type { Envelopes, KeyUser, Sealed } from "../kms/envelopes.ts";
import { renamed } from "../kms/errors.ts";

/** A secret's value: text, or bytes. */
export type SecretValue = { secretString: string } | { secretBinary: Buffer };

/** A value as it is kept: encrypted where its secret has a key. */
export type StoredValue = SecretValue | { readonly sealed: Sealed; readonly isText: boolean };

interface EncryptedSecret {
  readonly arn: string;
  readonly kmsKeyId: string | undefined;
}

interface StoredVersion {
  readonly id: string;
  readonly value: StoredValue;
}

/** The encryption of all secrets. Every method throws AwsError with Secrets Manager's code. */
export type SecretEncryption = ReturnType<typeof createSecretEncryption>;

/** Creates it. */
export function createSecretEncryption(envelopes: Envelopes) {
  function seal(
    { arn, kmsKeyId: keyId }: EncryptedSecret,
    { id, value }: { readonly id: string; readonly value: SecretValue },
    caller: Principal,
  ): StoredValue {
    if (keyId === undefined) return value;
    const envelope = { keyId, context: contextOf(arn, id) };
    const isText = "secretString" in value;
    const content = isText ? Buffer.from(value.secretString) : value.secretBinary;
    const sealed = renamed(writeError, () => envelopes.seal(userOf(caller), envelope, content));
    return { sealed, isText };
  }

  function open(stored: StoredValue, caller: Principal): SecretValue {
    if (!("sealed" in stored)) return stored;
    const content = renamed(readError, () => envelopes.open(userOf(caller), stored.sealed));
    return stored.isText ? { secretString: content.toString() } : { secretBinary: content };
  }

  return {
    /** Checks that the key of a secret can be used, when the secret gets it. */
    checkAccess({ arn, kmsKeyId: keyId }: EncryptedSecret, caller: Principal): void {
      if (keyId === undefined) return;
      const context = contextOf(arn, "RequestToValidateKeyAccess");
      renamed(writeError, () => envelopes.checkAccess(userOf(caller), { keyId, context }));
    },

    seal,
    /** A version's value under its secret's present key; as it is where the caller cannot decrypt it. */
    reseal(secret: EncryptedSecret, version: StoredVersion, caller: Principal): StoredValue {
      try {
        return seal(secret, { ...version, value: open(version.value, caller) }, caller);
      } catch (error) {
        if (error instanceof AwsError) return version.value;
        throw error;
      }
    },
    open,
  };
}

function userOf(principal: Principal): KeyUser {
  return { principal, service: "secretsmanager", reuse: 0 };
}

function contextOf(SecretARN: string, SecretVersionId: string) {
  return { SecretARN, SecretVersionId };
}

/** Codes: documented, SECRETS-API/PutSecretValue; that of a denial is reported: aws/aws-cdk#7677. */
function writeError({ code }: AwsError): AwsError {
  return code === "AccessDeniedException" ? noAccess() : failure("Encryption", "encrypt");
}

function readError({ code }: AwsError): AwsError {
  return code === "AccessDeniedException" ? noAccess() : failure("Decryption", "decrypt");
}

function noAccess(): AwsError {
  return new AwsError("AccessDeniedException", "Access to KMS is not allowed");
}

function failure(what: string, verb: string): AwsError {
  const message = `Secrets Manager can't ${verb} the protected secret text using the provided KMS key. Check that the KMS key is available, enabled, and not in an invalid state.`;
  return new AwsError(`${what}Failure`, message);
}
