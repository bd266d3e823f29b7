/** Rules about the keys of protected stages: each of this app, with a policy that names who uses it. */
import * as z from "zod";
import { dataStores, isKey, isOn, valueAt } from "../encryption.ts";
import { allOf, ruleFor, unless } from "../graph.ts";
import { takesNoKey } from "../threat-protection.ts";

const NAME = "encrypted-with-customer-keys";

const storesHaveOwnKeys = dataStores.map((store) =>
  ruleFor(NAME, store.type, z.looseObject({}), (inputs, graph, { outputs }) =>
    unless(
      takesNoKey(graph, outputs["arn"]) ||
        (isKey(graph, valueAt(inputs, store.key)) && isOn(store, inputs)),
      `must be encrypted with a customer-managed key (${store.key})`,
    ),
  ),
);

const BUCKET_ENCRYPTION =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

const bucketEncryption = z.object({
  bucket: z.string(),
  rules: z.array(
    z.object({ applyServerSideEncryptionByDefault: z.object({ kmsMasterKeyId: z.string() }) }),
  ),
});

const bucketsHaveOwnKeys = ruleFor(
  NAME,
  "aws:s3/bucket:Bucket",
  z.unknown(),
  (_, graph, bucket) => {
    const keys = allOf(graph, BUCKET_ENCRYPTION)
      .flatMap(({ inputs }) => bucketEncryption.safeParse(inputs).data ?? [])
      .filter((configuration) => configuration.bucket === bucket.id)
      .flatMap(({ rules }) => rules.map((rule) => rule.applyServerSideEncryptionByDefault));
    return unless(
      keys.length > 0 && keys.every(({ kmsMasterKeyId }) => isKey(graph, kmsMasterKeyId)),
      "must be encrypted with a customer-managed key (BucketServerSideEncryptionConfiguration)",
    );
  },
);

const keysCanBeRestored = ruleFor(
  "keys-can-be-restored-for-a-month",
  "aws:kms/key:Key",
  z.object({ deletionWindowInDays: z.number().default(30) }),
  ({ deletionWindowInDays }) =>
    unless(deletionWindowInDays === 30, "must wait for 30 days before it is deleted"),
);

/** Every rule about the keys of protected stages. */
export const protectedEncryptionRules = [
  ...storesHaveOwnKeys,
  bucketsHaveOwnKeys,
  keysCanBeRestored,
];
