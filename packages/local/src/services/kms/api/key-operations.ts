/** The operations on keys (documented: KMS-API/DescribeKey, KMS-API/ScheduleKeyDeletion). */
import * as z from "zod";
import { operation, timestamp, type JsonOperations } from "../../../aws-protocol/json-protocol.ts";
import type { Key, Keys } from "../keys.ts";

const key = { KeyId: z.string().min(1).max(2048) };

/** The operations over `keys`, by AWS's name. */
export function keyOperations(keys: Keys, account: string): JsonOperations {
  return {
    DescribeKey: operation(z.strictObject(key), ({ KeyId }) => ({
      KeyMetadata: metadata(keys.find(KeyId), account),
    })),

    DisableKey: operation(z.strictObject(key), ({ KeyId }) => {
      keys.setEnabled(KeyId, false);
      return {};
    }),

    EnableKey: operation(z.strictObject(key), ({ KeyId }) => {
      keys.setEnabled(KeyId, true);
      return {};
    }),

    ScheduleKeyDeletion: operation(
      z.strictObject({ ...key, PendingWindowInDays: z.int().min(7).max(30).default(30) }),
      ({ KeyId, PendingWindowInDays }) => ({
        KeyId: keys.find(KeyId).arn,
        DeletionDate: timestamp(keys.scheduleDeletion(KeyId, PendingWindowInDays)),
        KeyState: "PendingDeletion",
        PendingWindowInDays,
      }),
    ),

    CancelKeyDeletion: operation(z.strictObject(key), ({ KeyId }) => {
      keys.cancelDeletion(KeyId);
      return { KeyId: keys.find(KeyId).arn };
    }),
  };
}

function metadata(found: Key, account: string): object {
  const { id, arn, createdAt, description, isEnabled, deletionAt, manager } = found;
  const isPending = deletionAt !== undefined;
  return {
    AWSAccountId: account,
    KeyId: id,
    Arn: arn,
    CreationDate: timestamp(createdAt),
    Enabled: isEnabled && !isPending,
    Description: description,
    KeyUsage: "ENCRYPT_DECRYPT",
    KeyState: isPending ? "PendingDeletion" : isEnabled ? "Enabled" : "Disabled",
    DeletionDate: isPending ? timestamp(deletionAt) : undefined,
    Origin: "AWS_KMS",
    KeyManager: manager,
    CustomerMasterKeySpec: "SYMMETRIC_DEFAULT",
    KeySpec: "SYMMETRIC_DEFAULT",
    EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
    MultiRegion: false,
  };
}
