/** aws:kms: keys with their policies, and aliases. */
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { nameOf } from "../../../provider/physical-name.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import {
  conditionLimitations,
  policyText,
  resourcePolicy,
} from "../../iam/resources/policy-document.ts";
import type { Kms } from "../kms.ts";

const onlySymmetric = "the local cloud supports only symmetric keys of one Region, for encryption";

const keyInputs = z.strictObject({
  description: z.string().max(8192).default(""),
  keyUsage: z.literal("ENCRYPT_DECRYPT", onlySymmetric).optional(),
  customerMasterKeySpec: z.literal("SYMMETRIC_DEFAULT", onlySymmetric).optional(),
  multiRegion: z.literal(false, onlySymmetric).optional(),
  policy: resourcePolicy.optional(),
  bypassPolicyLockoutSafetyCheck: z.boolean().default(false),
  enableKeyRotation: z.boolean().optional(),
  rotationPeriodInDays: z.int().min(90).max(2560).optional(),
  deletionWindowInDays: z.int().min(7).max(30).default(30),
  isEnabled: z.boolean().default(true),
});

const aliasInputs = z.strictObject({
  name: z
    .string()
    .regex(/^alias\/(?!aws\/)[\w/-]{1,250}$/, 'expected "alias/" and a name, not "alias/aws/"')
    .optional(),
  targetKeyId: z.string().min(1),
});

/** The resource types of aws:kms. */
export const kmsResources = ({ keys, checkLockout }: Kms) => [
  defineResource({
    type: "aws:kms/key:Key",
    inputs: keyInputs,
    limitations: ({ policy }) => conditionLimitations(policy),
    apply: ({ description, isEnabled, ...inputs }, { previous }) => {
      const policy = inputs.policy === undefined ? undefined : policyText(inputs.policy);
      if (policy !== undefined && !inputs.bypassPolicyLockoutSafetyCheck) checkLockout(policy);
      const settings = { description, isEnabled, policy };
      const { id, arn } = previous ? keys.update(previous.id, settings) : keys.create(settings);
      const { deletionWindowInDays } = inputs;
      return { id, outputs: { keyId: id, arn, deletionWindowInDays } };
    },
    remove: ({ id, outputs }) => {
      if (keys.find(id).deletionAt !== undefined) return;
      keys.scheduleDeletion(id, z.int().parse(outputs["deletionWindowInDays"]));
    },
  }),
  replacedWhen(
    ["name"],
    defineResource({
      type: "aws:kms/alias:Alias",
      inputs: aliasInputs,
      apply: ({ targetKeyId, ...inputs }, context) => {
        const name = nameOf(inputs.name, { ...context, name: `alias/${context.name}` });
        keys.setAlias(name, targetKeyId);
        const targetKeyArn = keys.find(targetKeyId).arn;
        return { id: name, outputs: { name, arn: keys.arnOf(name), targetKeyArn } };
      },
      remove: ({ id }) => keys.deleteAlias(id),
    }),
  ),
];
