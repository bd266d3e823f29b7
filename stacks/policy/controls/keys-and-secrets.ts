/** Controls of keys and of the secret. */
import type { Control } from "./control.ts";

/** By number. */
export const keyAndSecretControls: readonly Control[] = [
  {
    number: 74,
    area: "KMS",
    control: "Rotation on",
    ids: "SecHub KMS.4; AwsSolutions-KMS5; NIST/PCI KMSBackingKeyRotationEnabled; CKV_AWS_7; AWS-0065; prowler kms_cmk_rotation_enabled",
    decision: "met",
    held: { "keys-rotate": ["the rotation of keys", "the rotation of keys each year"] },
  },
  {
    number: 75,
    area: "KMS",
    control: "No wildcard principal, not public",
    ids: "SecHub KMS.5; CKV_AWS_33; prowler kms_key_not_publicly_accessible",
    decision: "met",
    held: {
      "principals-are-of-this-account": ["this account as a key's user"],
      "no-wildcard-grants": ["a named action of a key"],
    },
  },
  {
    number: 76,
    area: "KMS",
    control: "Key has a policy of its own",
    ids: "CKV2_AWS_64",
    decision: "met",
    held: {
      "keys-rotate": ["the policy of keys"],
      "keys-stay-with-the-account": [
        "the check that a key's policy leaves the account in control",
        "a key in KMS, for one in a store elsewhere",
      ],
    },
  },
  {
    number: 77,
    area: "KMS",
    control: "No IAM grant to decrypt with every key",
    ids: "SecHub KMS.1, KMS.2; prowler iam_*_no_full_access_to_kms",
    decision: "met",
    held: { "no-wildcard-grants": ["the named keys of a role"] },
  },
  {
    number: 78,
    area: "KMS",
    control: "Enabled, single-Region, not about to be deleted",
    ids: "SecHub KMS.3; CKV_AWS_227; prowler kms_cmk_not_multi_region, _are_used, _not_deleted_unintentionally",
    decision: "met",
    held: {
      "keys-are-enabled-in-one-region": ["a key that is enabled", "the one Region of a key"],
      "keys-can-be-restored-for-a-month": ["the month in which a deleted key can be restored"],
    },
  },
  {
    number: 79,
    area: "Secrets Manager",
    control: "Customer key",
    ids: "NIST/HIPAA/PCI SecretsManagerUsingKMSKey; CKV_AWS_149; AWS-0098",
    decision: "met",
    held: {
      "encrypted-at-rest": ["the secret's key, for one from outside"],
      "encrypted-with-customer-keys": ["the secret's own key"],
    },
  },
  {
    number: 80,
    area: "Secrets Manager",
    control: "Automatic rotation, within a number of days, successful",
    ids: "SecHub SecretsManager.1, .2, .4; AwsSolutions-SMG4; NIST/HIPAA SecretsManagerRotationEnabled; CKV2_AWS_57; prowler _automatic_rotation_enabled, _secret_rotated_periodically; ASVS 13.3.4",
    decision: "excepted",
    reason: "The value is an address, not a credential, and each deployment writes it.",
  },
  {
    number: 81,
    area: "Secrets Manager",
    control: "Not unused for 90 days",
    ids: "SecHub SecretsManager.3; prowler _secret_unused",
    decision: "account",
    reason: "Nothing to do: ExternalLambda reads it at each cold start.",
  },
  {
    number: 82,
    area: "Secrets Manager",
    control: "Not public",
    ids: "prowler secretsmanager_not_publicly_accessible",
    decision: "met",
    held: { "secrets-are-not-public": ["the refusal of a public policy of the secret"] },
  },
  {
    number: 83,
    area: "Secrets Manager",
    control: "Policy denies all but named principals",
    ids: "prowler secretsmanager_has_restrictive_resource_policy",
    decision: "excepted",
    reason:
      "The policy lets one role read, by TLS only. It denies no other: the operator who deploys reads the value back to compare it.",
    held: {
      "principals-are-of-this-account": ["this account as the secret's reader"],
      "encrypted-in-transit": ["the secret's TLS"],
    },
  },
];
