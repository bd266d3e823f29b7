/** KMS's errors (codes: documented, KMS-API/Decrypt, KMS-API/Encrypt; the messages are assumed). */
import { AwsError } from "../../aws-protocol/errors.ts";

/** The error for a key or alias that does not exist; `what` names it. */
export function notFound(what: string): AwsError {
  return new AwsError("NotFoundException", `${what} does not exist`);
}

/** The error for a use of a key that is disabled. */
export function disabled(keyArn: string): AwsError {
  return new AwsError("DisabledException", `${keyArn} is disabled.`);
}

/** The error for a key whose deletion is scheduled, or is not. */
export function invalidState(keyArn: string, state: string): AwsError {
  return new AwsError("KMSInvalidStateException", `${keyArn} is ${state}.`);
}

/** The error for a ciphertext that no key made, that was changed, or that has another context. */
export function invalidCiphertext(): AwsError {
  const message = "The ciphertext was changed, or the encryption context is not the one it has.";
  return new AwsError("InvalidCiphertextException", message);
}

/** The error for a ciphertext whose key is gone (reported: aws/aws-cdk#24337). */
export function notAccessible(): AwsError {
  const message =
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.";
  return new AwsError("AccessDeniedException", message);
}

/** Runs a use of a key for another service, which answers KMS's errors with its own. */
export function renamed<T>(rename: (error: AwsError) => AwsError | undefined, use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const own = rename(error);
    throw own === undefined ? error : Object.assign(own, { cause: error });
  }
}
