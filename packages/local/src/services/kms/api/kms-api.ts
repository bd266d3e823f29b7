/** KMS as a service of the endpoint. */
import { textMember, jsonService, type JsonInput } from "../../../aws-protocol/json-protocol.ts";
import type { AwsService } from "../../../aws-protocol/service.ts";
import { encryptionContextConditions } from "../../iam/context.ts";
import type { Keys } from "../keys.ts";
import { cryptographicOperations, encryptionContext } from "./cryptographic-operations.ts";
import { keyOperations } from "./key-operations.ts";

/** KMS over `keys`. */
export function createKmsApi(keys: Keys, account: string): AwsService {
  /** The key that a call names, or the one that made its ciphertext. */
  function keyArnOf(input: JsonInput, operation: string): string {
    const blob = textMember(input, "CiphertextBlob");
    return operation === "Decrypt" && blob !== undefined
      ? keys.keyOf(Buffer.from(blob, "base64")).arn
      : keys.find(textMember(input, "KeyId") ?? "").arn;
  }

  return jsonService({
    targetPrefix: "TrentService",
    operations: { ...cryptographicOperations(keys), ...keyOperations(keys, account) },
    invalidInput: "ValidationException",
    resourceOf: keyArnOf,
    conditionsOf: ({ EncryptionContext }) =>
      encryptionContextConditions(encryptionContext.safeParse(EncryptionContext).data ?? {}),
  });
}
