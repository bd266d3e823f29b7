/** aws:secretsmanager: secrets, their current version and who may read them. */
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { nameOf } from "../../../provider/physical-name.ts";
import {
  conditionLimitations,
  policyText,
  resourcePolicy,
} from "../../iam/resources/policy-document.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import type { SecretsManager } from "../secrets-manager.ts";

/** Days in which a removed secret can be restored, and its name is taken; 0 removes it at once. */
const recoveryWindow = z
  .int()
  .refine((days) => days === 0 || (days >= 7 && days <= 30), "expected 0 or 7 to 30 days")
  .default(30);

const secretInputs = z.strictObject({
  name: z.string().optional(),
  description: z.string().max(2048).optional(),
  kmsKeyId: z.string().optional(),
  policy: resourcePolicy.optional(),
  recoveryWindowInDays: recoveryWindow,
});

const versionInputs = z.union([
  z.strictObject({ secretId: z.string(), secretString: z.string() }),
  z.strictObject({ secretId: z.string(), secretBinary: z.base64() }),
]);

/** The resource types of aws:secretsmanager. */
export const secretsManagerResources = (secrets: SecretsManager) => [
  replacedWhen(
    ["name"],
    defineResource({
      type: "aws:secretsmanager/secret:Secret",
      inputs: secretInputs,
      limitations: ({ policy }) => conditionLimitations(policy),
      apply: (inputs, context) => {
        const { description, kmsKeyId, policy } = inputs;
        const settings = { name: nameOf(inputs.name, context), description, kmsKeyId };
        const { arn, name } = context.previous
          ? secrets.updateSecret(context.previous.id, settings)
          : secrets.createSecret(settings);
        // Left out, it stays as a SecretPolicy beside the secret has set it.
        if (policy !== undefined) secrets.setPolicy(arn, policyText(policy));
        return { id: arn, outputs: { arn, name } };
      },
      remove: ({ id, outputs }) =>
        secrets.deleteSecret(id, recoveryWindow.parse(outputs["recoveryWindowInDays"])),
    }),
  ),
  replacedWhen(
    ["secretArn"],
    defineResource({
      type: "aws:secretsmanager/secretPolicy:SecretPolicy",
      inert: ["blockPublicPolicy"],
      inputs: z.strictObject({ secretArn: z.string(), policy: resourcePolicy }),
      limitations: ({ policy }) => conditionLimitations(policy),
      apply: ({ secretArn, policy }) => {
        secrets.setPolicy(secretArn, policyText(policy));
        return { id: secretArn, outputs: {} };
      },
      remove: ({ id }) => secrets.setPolicy(id, undefined),
    }),
  ),
  defineResource({
    type: "aws:secretsmanager/secretVersion:SecretVersion",
    inputs: versionInputs,
    apply: (inputs) => {
      const { versionId } = secrets.putSecretValue(
        inputs.secretId,
        "secretString" in inputs
          ? { secretString: inputs.secretString }
          : { secretBinary: Buffer.from(inputs.secretBinary, "base64") },
      );
      const id = `${inputs.secretId}|${versionId}`;
      const { secretId: secretArn } = inputs;
      // `arn` is its deprecated name.
      const outputs = { arn: secretArn, secretArn, versionId, versionStages: ["AWSCURRENT"] };
      return { id, outputs };
    },
  }),
];
