/** aws:kms: keys and their aliases. They are kept in the graph only: nothing is encrypted here. */
import { randomUUID } from "node:crypto";
import * as z from "zod";
import { defineResource } from "../../provider/resource-type.ts";
import { limitation } from "../../provider/limitations.ts";
import { nameOf } from "../../provider/physical-name.ts";
import { policyDocument } from "../iam/resources/policy-document.ts";
import { replacedWhen } from "../../provider/removal.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";

const removal = { service: "KMS", text: "a removed key is gone at once" };

const keyInputs = z.strictObject({
  description: z.string().max(8192).optional(),
  keyUsage: z.literal("ENCRYPT_DECRYPT").optional(),
  customerMasterKeySpec: z.literal("SYMMETRIC_DEFAULT").optional(),
  policy: policyDocument.optional(),
  enableKeyRotation: z.boolean().optional(),
  rotationPeriodInDays: z.int().min(90).max(2560).optional(),
  deletionWindowInDays: z.int().min(7).max(30).optional(),
  multiRegion: z.literal(false).optional(),
  isEnabled: z
    .literal(true, "the local cloud encrypts nothing, so a disabled key would stop nobody")
    .optional(),
});

const aliasInputs = z.strictObject({
  name: z
    .string()
    .regex(/^alias\/(?!aws\/)[\w/-]{1,250}$/, 'expected "alias/" and a name, not "alias/aws/"')
    .optional(),
  targetKeyId: z.string().min(1),
});

/** The resource types of aws:kms. */
export const kmsResources = ({ region, account }: AwsEnvironment) => {
  const arnOf = (resource: string) => `arn:aws:kms:${region}:${account}:${resource}`;
  return [
    defineResource({
      type: "aws:kms/key:Key",
      inert: ["bypassPolicyLockoutSafetyCheck"],
      inputs: keyInputs,
      limitations: () => [limitation.encryption, removal, limitation.keyPolicies],
      apply: (_inputs, { previous }) => {
        const keyId = previous?.id ?? randomUUID();
        return { id: keyId, outputs: { keyId, arn: arnOf(`key/${keyId}`) } };
      },
    }),
    replacedWhen(
      ["name"],
      defineResource({
        type: "aws:kms/alias:Alias",
        inputs: aliasInputs,
        limitations: () => [limitation.encryption],
        apply: ({ targetKeyId, ...inputs }, context) => {
          const name = nameOf(inputs.name, { ...context, name: `alias/${context.name}` });
          const targetKeyArn = targetKeyId.startsWith("arn:")
            ? targetKeyId
            : arnOf(`key/${targetKeyId}`);
          return { id: name, outputs: { name, arn: arnOf(name), targetKeyArn } };
        },
      }),
    ),
  ];
};
